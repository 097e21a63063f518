using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

    // So many bits are sorted in two passes, and tell as many points in one or two dimensions apart as there are then.
    private const int ShortKeyBits = 22;
    private const int MostPointsOfShortKeys = 1 << 20;

    /// <summary>A permutation of the points: n indices.</summary>
    internal static int[] Of<T>(PointSet<T> points, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        int bits = d <= 2 && points.Count <= MostPointsOfShortKeys ? ShortKeyBits : KeyBits;
        int bitsOfColumn = Math.Min(bits / d, 16);
        return RadixSort.Order(Keys(points, bitsOfColumn, parallel), bitsOfColumn * d, parallel);
    }

    private static uint[] Keys<T>(PointSet<T> points, int bits, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
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
        ref T value = ref MemoryMarshal.GetReference(points.Values.Slice(start * d, keys.Length * d));
        for (int i = 0; i < keys.Length; i++)
        {
            uint key = 0;
            for (int j = 0; j < d; j++)
            {
                uint cell = Math.Min(lastCell, (uint)Precision.ToDouble((value - least[j]) * scale[j]));
                key |= spread[cell] << j;
                value = ref Unsafe.Add(ref value, 1);
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

    // d vectors at a time: a lane is always of the same column.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (T[] Least, T[] Greatest) RangeOf<T>(PointSet<T> points, int start, int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        int lanes = Vector<T>.Count;
        var values = points.Values.Slice(start * d, length * d);
        var leastOfLane = new T[lanes * d];
        var greatestOfLane = new T[lanes * d];
        for (int lane = 0; lane < leastOfLane.Length; lane++)
        {
            leastOfLane[lane] = greatestOfLane[lane] = values[lane % d];
        }

        ref T from = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (int vector = 0; vector < d; vector++)
        {
            var least = new Vector<T>(leastOfLane, vector * lanes);
            var greatest = new Vector<T>(greatestOfLane, vector * lanes);
            for (i = 0; i + (lanes * d) <= values.Length; i += lanes * d)
            {
                var value = Vector.LoadUnsafe(ref from, (nuint)(i + (vector * lanes)));
                least = Vector.Min(least, value);
                greatest = Vector.Max(greatest, value);
            }

            least.CopyTo(leastOfLane, vector * lanes);
            greatest.CopyTo(greatestOfLane, vector * lanes);
        }

        var leasts = leastOfLane[..d];
        var greatests = greatestOfLane[..d];
        for (int lane = d; lane < leastOfLane.Length; lane++)
        {
            leasts[lane % d] = T.Min(leasts[lane % d], leastOfLane[lane]);
            greatests[lane % d] = T.Max(greatests[lane % d], greatestOfLane[lane]);
        }

        for (; i < values.Length; i++)
        {
            leasts[i % d] = T.Min(leasts[i % d], values[i]);
            greatests[i % d] = T.Max(greatests[i % d], values[i]);
        }

        return (leasts, greatests);
    }

    // For the number of each cell of a column, its bits d places apart.
    private static uint[] SpreadBits(int bits, int d)
    {
        var spread = new uint[1 << bits];
        for (int cell = 1; cell < spread.Length; cell++)
        {
            spread[cell] = (spread[cell >> 1] << d) | ((uint)cell & 1);
        }

        return spread;
    }
}
