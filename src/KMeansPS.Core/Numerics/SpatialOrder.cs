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
    private const int DigitBits = 11;

    /// <summary>A permutation of the points: n indices. Four passes of sorting.</summary>
    internal static int[] Of<T>(PointSet<T> points, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var keys = Keys(points, cancellationToken);
        var order = GC.AllocateUninitializedArray<int>(keys.Length);
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        SortByKeys(ref order, keys, cancellationToken);
        return order;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint[] Keys<T>(PointSet<T> points, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        int bits = Math.Min(KeyBits / d, 16);
        uint lastCell = (1u << bits) - 1; // where points lie so close that the scale overflows, all but the least are there
        var least = points[0].ToArray();
        var scale = new T[d];
        var greatest = points[0].ToArray();
        var values = points.Values;
        for (int i = 0; i < values.Length; i += d)
        {
            for (int j = 0; j < d; j++)
            {
                T value = values[i + j];
                least[j] = value < least[j] ? value : least[j];
                greatest[j] = value > greatest[j] ? value : greatest[j];
            }
        }

        for (int j = 0; j < d; j++)
        {
            T range = greatest[j] - least[j];
            scale[j] = range > T.Zero ? T.CreateTruncating(lastCell) / range : T.Zero;
        }

        var keys = GC.AllocateUninitializedArray<uint>(points.Count);
        var spread = SpreadBits(bits, d);
        for (int i = 0; i < keys.Length; i++)
        {
            if (i % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            uint key = 0;
            var point = values.Slice(i * d, d);
            for (int j = 0; j < d; j++)
            {
                uint cell = Math.Min(lastCell, uint.CreateSaturating((point[j] - least[j]) * scale[j]));
                key |= (spread[cell & 0xFF] | (spread[256 + (cell >> 8)])) << j;
            }

            keys[i] = key;
        }

        return keys;
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

    // Sorting by digits from the lowest, each pass keeping the order of equals: the same result on every machine.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortByKeys(ref int[] order, uint[] keys, CancellationToken cancellationToken)
    {
        var sorted = GC.AllocateUninitializedArray<int>(order.Length);
        for (int shift = 0; shift < KeyBits; shift += DigitBits)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = new int[(1 << DigitBits) + 1];
            foreach (uint key in keys)
            {
                place[((key >> shift) & ((1 << DigitBits) - 1)) + 1]++;
            }

            for (int digit = 1; digit < place.Length; digit++)
            {
                place[digit] += place[digit - 1];
            }

            foreach (int index in order)
            {
                sorted[place[(keys[index] >> shift) & ((1 << DigitBits) - 1)]++] = index;
            }

            (order, sorted) = (sorted, order);
        }
    }
}
