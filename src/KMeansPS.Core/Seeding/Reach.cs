using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// Which points some candidates may be nearer to than all that are chosen. The others are spared: those of a tile whose
/// box is farther from a candidate than each of its points is from its nearest chosen centroid, with a margin of more than
/// the rounding of both distances, and those that <see cref="QuantizedPoints{T}"/> rules out.
/// </summary>
/// <param name="nearest">The distances so far.</param>
/// <param name="candidates">The candidates.</param>
/// <param name="kernel">The kernel that measures.</param>
/// <param name="quantized">The points in bytes; null where there are none.</param>
/// <param name="rows">The candidates in bytes.</param>
internal sealed class Reach<T>(NearestChosen<T> nearest, CentroidPanels<T> candidates, TileKernel<T> kernel, QuantizedPoints<T>? quantized, QuantizedRows? rows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _margin = T.One - T.CreateTruncating(8 * (candidates.Dimension + 4) * Precision.UnitInLastPlace<T>());

    /// <summary>Finds the points of a block that are not spared.</summary>
    /// <param name="block">The number of the block.</param>
    /// <param name="near">For each tile of the block and each candidate one bit a point, the first lowest.</param>
    /// <param name="gains">For each candidate between which bounds it lowers the sum of the distances, without their weights; set only where there are bytes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal void Find(int block, Span<uint> near, Span<GainRange> gains, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int first = nearest.Blocks.Start(block) / PointTile.Width<T>();
        if (quantized is not null)
        {
            quantized.FindNear(first, nearest.OfBlock(block), rows!, near, gains);
            return;
        }

        int end = nearest.Blocks.Start(block) + nearest.Blocks.Length(block);
        var squares = new T[candidates.PaddedCount];
        for (int tile = 0; tile * gains.Length < near.Length; tile++)
        {
            uint all = uint.MaxValue >> (32 - Math.Min(PointTile.Width<T>(), end - ((first + tile) * PointTile.Width<T>())));
            var nearHere = near.Slice(tile * gains.Length, gains.Length);
            if (nearest.Boxes is { } boxes)
            {
                FindByBox(boxes[first + tile], nearest.LargestOfTile(first + tile), all, nearHere, squares);
            }
            else
            {
                nearHere.Fill(all);
            }
        }
    }

    private void FindByBox(ReadOnlySpan<T> box, T largest, uint all, Span<uint> near, T[] squares)
    {
        kernel.SquaresToBox(box, candidates, squares);
        for (int candidate = 0; candidate < near.Length; candidate++)
        {
            near[candidate] = squares[candidate] * _margin < largest ? all : 0;
        }
    }
}
