using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>
/// An order of the points in which neighbours in the order are neighbours in space: along the curve of G. M. Morton
/// (1966), on a grid over the range of each column. Tiles of points in this order lie in small boxes.
/// </summary>
internal static class SpatialOrder
{
    /// <summary>Beyond this dimension boxes around a tile are too large to tell centroids apart.</summary>
    internal const int MaxDimension = 4;

    private const int KeyBits = 32;

    /// <summary>A permutation of the points: n indices.</summary>
    internal static int[] Of<T>(PointSet<T> points, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T> => RadixSort.Order(Keys(points, parallel), parallel);

    private static uint[] Keys<T>(PointSet<T> points, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        int bits = Math.Min(KeyBits / d, 16);
        uint lastCell = (1u << bits) - 1; // where points lie so close that the scale overflows, all but the least are there
        var (least, greatest) = Range(points, parallel);
        var scale = new T[d];
        for (int j = 0; j < d; j++)
        {
            T range = greatest[j] - least[j];
            scale[j] = range > T.Zero ? T.CreateTruncating(lastCell) / range : T.Zero;
        }

        var keys = GC.AllocateUninitializedArray<uint>(points.Count);
        var spread = SpreadBits(bits, d);
        var blocks = Blocks.For(points.Count);
        blocks.ForEach(parallel, block => KeysOf(points, blocks.Start(block), least, scale, lastCell, spread, keys.AsSpan(blocks.Start(block), blocks.Length(block))));
        return keys;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void KeysOf<T>(PointSet<T> points, int start, T[] least, T[] scale, uint lastCell, uint[] spread, Span<uint> keys)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = least.Length;
        var values = points.Values.Slice(start * d, keys.Length * d);
        for (int i = 0; i < keys.Length; i++)
        {
            uint key = 0;
            var point = values.Slice(i * d, d);
            for (int j = 0; j < d; j++)
            {
                uint cell = Math.Min(lastCell, uint.CreateSaturating((point[j] - least[j]) * scale[j]));
                key |= (spread[cell & 0xFF] | (spread[256 + (cell >> 8)])) << j;
            }

            keys[i] = key;
        }
    }

    // The least and the greatest value of each column.
    private static (T[] Least, T[] Greatest) Range<T>(PointSet<T> points, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var blocks = Blocks.For(points.Count);
        var ofBlock = new (T[] Least, T[] Greatest)[blocks.Count];
        blocks.ForEach(parallel, block => ofBlock[block] = RangeOf(points, blocks.Start(block), blocks.Length(block)));
        var (least, greatest) = ofBlock[0];
        foreach (var other in ofBlock)
        {
            for (int j = 0; j < least.Length; j++)
            {
                least[j] = T.Min(least[j], other.Least[j]);
                greatest[j] = T.Max(greatest[j], other.Greatest[j]);
            }
        }

        return (least, greatest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (T[] Least, T[] Greatest) RangeOf<T>(PointSet<T> points, int start, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        var least = points[start].ToArray();
        var greatest = points[start].ToArray();
        var values = points.Values.Slice(start * d, length * d);
        for (int i = 0; i < values.Length; i += d)
        {
            for (int j = 0; j < d; j++)
            {
                T value = values[i + j];
                least[j] = value < least[j] ? value : least[j];
                greatest[j] = value > greatest[j] ? value : greatest[j];
            }
        }

        return (least, greatest);
    }

    // For each byte of a cell's number, its bits d places apart: 256 entries for the lower byte, 256 for the upper.
    private static uint[] SpreadBits(int bits, int d)
    {
        var spread = new uint[512];
        for (int value = 0; value < 256; value++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint one = (uint)(value >> bit) & 1;
                spread[value] |= bit < bits ? one << (bit * d) : 0;
                spread[256 + value] |= bit + 8 < bits ? one << ((bit + 8) * d) : 0;
            }
        }

        return spread;
    }
}
