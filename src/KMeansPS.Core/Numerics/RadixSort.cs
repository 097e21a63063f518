using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>
/// Sorts keys by their digits from the lowest, each pass keeping the order of equals: one result, on any number of
/// threads. As soon as there is room for them above an index, it takes along the digits that are still to be sorted by,
/// which then need not be looked up all over the keys.
/// </summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int DigitCount = 1 << DigitBits;
    private const int BitsOfItem = 32;

    // Each part counts all digits, which must not take longer than its keys.
    private const int MinKeysOfPart = 16 * DigitCount;

    /// <summary>The permutation that puts the keys into ascending order; equal ones stay in their order.</summary>
    /// <param name="keys">n keys.</param>
    /// <param name="bits">How many bits they have: 1 to 32.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static int[] Order(uint[] keys, int bits, ParallelOptions parallel)
    {
        int indexBits = BitOperations.Log2((uint)keys.Length - 1) + 1;
        var sorted = GC.AllocateUninitializedArray<int>(keys.Length);
        int left = bits - DigitBits;
        bool takesAlong = left + indexBits <= BitsOfItem;
        SortByDigit(new InOwnOrder(keys), sorted, takesAlong, indexBits, parallel);
        var items = left > 0 ? GC.AllocateUninitializedArray<int>(keys.Length) : [];
        for (; left > 0; left -= DigitBits)
        {
            (items, sorted) = (sorted, items);
            bool took = takesAlong;
            takesAlong = left - DigitBits + indexBits <= BitsOfItem;
            if (took)
            {
                SortByDigit(new TakenAlong(items, indexBits), sorted, takesAlong, indexBits, parallel);
            }
            else
            {
                SortByDigit(new LookedUp(items, keys, bits - left), sorted, takesAlong, indexBits, parallel);
            }
        }

        return sorted;
    }

    private static void SortByDigit<TItems>(TItems items, int[] sorted, bool takesAlong, int indexBits, ParallelOptions parallel)
        where TItems : struct, IItems
    {
        var parts = new Blocks(sorted.Length, Math.Max(MinKeysOfPart, (sorted.Length + 15) / 16));
        var places = new int[parts.Count][];
        parts.ForEach(parallel, part => places[part] = Count(items, parts.Start(part), parts.Length(part)));
        int next = 0;
        for (int digit = 0; digit < DigitCount; digit++)
        {
            foreach (var place in places)
            {
                (place[digit], next) = (next, next + place[digit]);
            }
        }

        uint taken = takesAlong ? uint.MaxValue : 0;
        parts.ForEach(parallel, part => Scatter(items, parts.Start(part), parts.Length(part), places[part], sorted, taken, indexBits));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Count<TItems>(TItems items, int start, int length)
        where TItems : struct, IItems
    {
        var counts = new int[DigitCount];
        for (int at = start; at < start + length; at++)
        {
            counts[items.DigitsOf(at, out _) & (DigitCount - 1)]++;
        }

        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<TItems>(TItems items, int start, int length, int[] places, int[] sorted, uint taken, int indexBits)
        where TItems : struct, IItems
    {
        for (int at = start; at < start + length; at++)
        {
            uint digits = items.DigitsOf(at, out int index);
            sorted[places[digits & (DigitCount - 1)]++] = index | (int)(((digits >> DigitBits) & taken) << indexBits);
        }
    }

    /// <summary>What a pass sorts.</summary>
    private interface IItems
    {
        /// <summary>The digits of an item that it is not sorted by yet, and the index of its key.</summary>
        uint DigitsOf(int at, out int index);
    }

    private readonly struct InOwnOrder(uint[] keys) : IItems
    {
        public uint DigitsOf(int at, out int index)
        {
            index = at;
            return keys[at];
        }
    }

    private readonly struct LookedUp(int[] items, uint[] keys, int shift) : IItems
    {
        public uint DigitsOf(int at, out int index)
        {
            index = items[at];
            return keys[index] >> shift;
        }
    }

    private readonly struct TakenAlong(int[] items, int indexBits) : IItems
    {
        public uint DigitsOf(int at, out int index)
        {
            index = items[at] & ((1 << indexBits) - 1);
            return (uint)items[at] >> indexBits;
        }
    }
}
