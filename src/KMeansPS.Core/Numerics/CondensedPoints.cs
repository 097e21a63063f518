using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <summary>
/// Points of which many are equal, as in a picture: each place once, with the number of its points for a weight. The
/// places lie along a space-filling curve, so that rounds read memory from front to back.
/// </summary>
internal sealed class CondensedPoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A run may take 16 bytes beside each point, in single precision; its place in the order takes 4 of them. The rest is
    // for the values, the weight and the cluster of the places.
    private const int ValuesOfRoom = 3;

    private const int BitsOfWord = 64;

    private readonly int[] _order;

    private CondensedPoints(PointSet<T> points, int[] order)
    {
        Points = points;
        _order = order;
    }

    /// <summary>The places: m points, weighted by how many points each of them holds.</summary>
    internal PointSet<T> Points { get; }

    /// <summary>Condenses points; null where there are too many places, or the points have weights of their own.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="order">Their order along the curve: n indices.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static CondensedPoints<T>? Of(PointSet<T> points, int[] order, ParallelOptions parallel)
    {
        var blocks = Blocks.For(points.Count);
        var isFirst = new ulong[(points.Count + BitsOfWord - 1) / BitsOfWord];
        if (points.IsWeighted || !LooksCrowded(points, order, blocks, isFirst, parallel))
        {
            return null;
        }

        var placesOfBlock = new int[blocks.Count];
        blocks.ForEach(parallel, block => placesOfBlock[block] = MarkPlaces(points, order, blocks.Start(block), blocks.Length(block), isFirst));
        return HasRoom(points, placesOfBlock.Sum()) ? Merged(points, order, blocks, placesOfBlock, isFirst, parallel) : null;
    }

    /// <summary>The cluster of each of the n points, from those of the m places.</summary>
    internal int[] Expand(int[] clusters, ParallelOptions parallel)
    {
        var expanded = GC.AllocateUninitializedArray<int>(_order.Length);
        var blocks = Blocks.For(clusters.Length);
        var first = FirstOfBlock(blocks, block => CountPoints(blocks.Start(block), blocks.Length(block)));
        blocks.ForEach(parallel, block =>
        {
            int at = first[block];
            var weights = Points.Weights;
            for (int place = blocks.Start(block); place < blocks.Start(block) + blocks.Length(block); place++)
            {
                int end = at + (int)weights[place];
                for (; at < end; at++)
                {
                    expanded[_order[at]] = clusters[place];
                }
            }
        });
        return expanded;
    }

    /// <summary>For each place the index of the first of its points.</summary>
    internal int[] FirstPoints()
    {
        var first = GC.AllocateUninitializedArray<int>(Points.Count);
        for (int place = 0, at = 0; place < first.Length; at += CountPoints(place, 1), place++)
        {
            first[place] = _order[at]; // equal points stay in their order
        }

        return first;
    }

    private int CountPoints(int firstPlace, int places)
    {
        int count = 0;
        foreach (double weight in Points.Weights.Slice(firstPlace, places))
        {
            count += (int)weight;
        }

        return count;
    }

    // Where each block begins, from how long the ones before it are.
    private static int[] FirstOfBlock(Blocks blocks, Func<int, int> length)
    {
        var first = new int[blocks.Count];
        for (int block = 1; block < first.Length; block++)
        {
            first[block] = first[block - 1] + length(block - 1);
        }

        return first;
    }

    // Whether it is worth the while to count the places: the first points of each block are looked at.
    private static bool LooksCrowded(PointSet<T> points, int[] order, Blocks blocks, ulong[] isFirst, ParallelOptions parallel)
    {
        const int PointsOfBlock = 2 * BitsOfWord;
        long seen = 0;
        long places = 0;
        blocks.ForEach(parallel, block =>
        {
            int some = Math.Min(PointsOfBlock, blocks.Length(block));
            Interlocked.Add(ref seen, some);
            Interlocked.Add(ref places, MarkPlaces(points, order, blocks.Start(block), some, isFirst));
        });

        return places < 0.7 * seen;
    }

    private static bool HasRoom(PointSet<T> points, int places) =>
        (long)places * ((points.Dimension * Unsafe.SizeOf<T>()) + sizeof(double) + sizeof(int)) <= (long)points.Count * ValuesOfRoom * Unsafe.SizeOf<T>();

    private static CondensedPoints<T> Merged(PointSet<T> points, int[] order, Blocks blocks, int[] placesOfBlock, ulong[] isFirst, ParallelOptions parallel)
    {
        int d = points.Dimension;
        int places = placesOfBlock.Sum();
        var values = GC.AllocateUninitializedArray<T>(places * d);
        var counts = GC.AllocateUninitializedArray<double>(places);
        var first = FirstOfBlock(blocks, block => placesOfBlock[block]);
        blocks.ForEach(parallel, block =>
        {
            int start = blocks.Start(block);
            int end = start + blocks.Length(block);
            int place = first[block];
            int from = start;
            for (int word = start / BitsOfWord; word * BitsOfWord < end; word++)
            {
                for (ulong left = isFirst[word]; left != 0; left &= left - 1)
                {
                    int at = (word * BitsOfWord) + BitOperations.TrailingZeroCount(left);
                    if (at > start)
                    {
                        counts[place++] = at - from;
                        from = at;
                    }

                    CopyRow(points.Values, order[at], values, place, d);
                }
            }

            counts[place] = end - from;
        });
        return new CondensedPoints<T>(points.Places(values, counts), order);
    }

    // Marks the first point of each place and counts the places. Equal points lie side by side. Those that a border
    // between blocks parts stay two places: that costs nothing, and blocks need not know of each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int MarkPlaces(PointSet<T> points, int[] order, int start, int length, ulong[] isFirst)
    {
        Debug.Assert(start % BitsOfWord == 0, "No two blocks share a word.");
        var values = points.Values;
        int d = points.Dimension;
        int places = 0;
        int before = order[start];
        for (int first = start; first < start + length; first += BitsOfWord)
        {
            ulong marks = first == start ? 1u : 0;
            int end = Math.Min(BitsOfWord, start + length - first);
            for (int bit = 0; bit < end; bit++)
            {
                int point = order[first + bit];
                marks |= (AreEqual(values, before, point, d) ? 0ul : 1) << bit;
                before = point;
            }

            isFirst[first / BitsOfWord] = marks;
            places += BitOperations.PopCount(marks);
        }

        return places;
    }

    // Looks at every column before it decides: whether a point is equal to the one before cannot be foretold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual(ReadOnlySpan<T> values, int one, int other, int d)
    {
        ref T x = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), (nint)one * d);
        ref T y = ref Unsafe.Add(ref MemoryMarshal.GetReference(values), (nint)other * d);
        bool equal = true;
        for (int j = 0; j < d; j++)
        {
            equal &= Unsafe.Add(ref x, j) == Unsafe.Add(ref y, j);
        }

        return equal;
    }

    private static void CopyRow(ReadOnlySpan<T> from, int row, T[] to, int at, int d)
    {
        for (int j = 0; j < d; j++)
        {
            to[(at * d) + j] = from[(row * d) + j];
        }
    }
}
