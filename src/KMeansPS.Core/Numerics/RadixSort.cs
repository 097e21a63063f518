using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>
/// Sorts keys by their digits from the lowest, each pass keeping the order of equals: one result, on any number of
/// threads.
/// </summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int DigitCount = 1 << DigitBits;

    // Each part counts all digits, which must not take longer than its keys.
    private const int MinKeysOfPart = 16 * DigitCount;

    /// <summary>The permutation that puts the keys into ascending order; equal ones stay in their order.</summary>
    /// <param name="keys">n keys.</param>
    /// <param name="bits">How many bits they have: 1 to 32.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static int[] Order(uint[] keys, int bits, ParallelOptions parallel)
    {
        var parts = new Blocks(keys.Length, Math.Max(MinKeysOfPart, (keys.Length + 15) / 16));
        var order = GC.AllocateUninitializedArray<int>(keys.Length);
        var sorted = GC.AllocateUninitializedArray<int>(keys.Length);
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (int shift = 0; shift < bits; shift += DigitBits)
        {
            SortByDigit(keys, order, sorted, shift, parts, parallel);
            (order, sorted) = (sorted, order);
        }

        return order;
    }

    private static void SortByDigit(uint[] keys, int[] order, int[] sorted, int shift, Blocks parts, ParallelOptions parallel)
    {
        var places = new int[parts.Count][];
        parts.ForEach(parallel, part => places[part] = Count(keys, order.AsSpan(parts.Start(part), parts.Length(part)), shift));
        int next = 0;
        for (int digit = 0; digit < DigitCount; digit++)
        {
            foreach (var place in places)
            {
                (place[digit], next) = (next, next + place[digit]);
            }
        }

        parts.ForEach(parallel, part => Scatter(keys, order.AsSpan(parts.Start(part), parts.Length(part)), shift, places[part], sorted));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Count(uint[] keys, ReadOnlySpan<int> order, int shift)
    {
        var counts = new int[DigitCount];
        foreach (int index in order)
        {
            counts[(keys[index] >> shift) & (DigitCount - 1)]++;
        }

        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(uint[] keys, ReadOnlySpan<int> order, int shift, int[] places, int[] sorted)
    {
        foreach (int index in order)
        {
            sorted[places[(keys[index] >> shift) & (DigitCount - 1)]++] = index;
        }
    }
}
