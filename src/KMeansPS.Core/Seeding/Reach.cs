using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// Which points of a tile some candidates may be nearer to than all that are chosen. The others are spared: those of a
/// tile whose box is farther from a candidate than each of its points is from its nearest chosen centroid, with a margin
/// of more than the rounding of both distances, and those that <see cref="QuantizedPoints{T}"/> rules out.
/// </summary>
/// <param name="nearest">The distances so far.</param>
/// <param name="candidates">The candidates.</param>
/// <param name="kernel">The kernel that measures.</param>
/// <param name="quantized">The points in bytes; null where there are none.</param>
/// <param name="rows">The candidates in bytes.</param>
internal sealed class Reach<T>(NearestChosen<T> nearest, CentroidPanels<T> candidates, TileKernel<T> kernel, QuantizedPoints<T>? quantized, int[] rows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _margin = T.One - T.CreateTruncating(8 * (candidates.Dimension + 4) * Precision.UnitInLastPlace<T>());
    private readonly T[] _squares = new T[candidates.PaddedCount];

    /// <summary>Finds the points of a tile that are not spared.</summary>
    /// <param name="tiles">Stands at the tile.</param>
    /// <param name="near">For each candidate one bit a point, the first lowest.</param>
    /// <returns>How many bits are set.</returns>
    internal int Find(in TileCursor<T> tiles, Span<uint> near)
    {
        int tile = tiles.First / PointTile.Width<T>();
        uint all = uint.MaxValue >> (32 - tiles.Count);
        if (nearest.Boxes is { } boxes)
        {
            return FindByBox(boxes[tile], nearest.LargestOfTile(tile), all, near) * tiles.Count;
        }

        if (quantized is null)
        {
            near.Fill(all);
            return near.Length * tiles.Count;
        }

        quantized.FindNear(tile, nearest[tiles], rows, near);
        int found = 0;
        for (int candidate = 0; candidate < near.Length; candidate++)
        {
            found += BitOperations.PopCount(near[candidate] &= all);
        }

        return found;
    }

    private int FindByBox(ReadOnlySpan<T> box, T largest, uint all, Span<uint> near)
    {
        kernel.SquaresToBox(box, candidates, _squares);
        int held = 0;
        for (int candidate = 0; candidate < near.Length; candidate++)
        {
            bool isHeld = _squares[candidate] * _margin < largest;
            near[candidate] = isHeld ? all : 0;
            held += isHeld ? 1 : 0;
        }

        return held;
    }
}
