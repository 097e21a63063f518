namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>Optimal prefix codes of limited length, in the canonical form of RFC 1951, 3.2.2.</summary>
internal static class HuffmanCode
{
    /// <summary>Finds the lengths of an optimal code (package-merge: Larmore and Hirschberg 1990, "A fast algorithm for optimal length-limited Huffman codes").</summary>
    /// <param name="counts">How often each symbol occurs; 2^limit symbols at the most.</param>
    /// <param name="limit">The most bits a code word may have.</param>
    /// <param name="lengths">The bits of each symbol's code word; 0 where it does not occur. A lone symbol gets one bit.</param>
    internal static void FindLengths(ReadOnlySpan<int> counts, int limit, Span<byte> lengths)
    {
        lengths.Clear();
        var leaves = new ulong[counts.Length];
        int n = 0;
        for (int symbol = 0; symbol < counts.Length; symbol++)
        {
            if (counts[symbol] > 0)
            {
                leaves[n++] = ((ulong)counts[symbol] << 16) | (uint)symbol;
            }
        }

        if (n < 2)
        {
            if (n == 1)
            {
                lengths[(int)(leaves[0] & 0xFFFF)] = 1;
            }

            return;
        }

        Array.Sort(leaves, 0, n);
        CountBits(leaves.AsSpan(0, n), limit, lengths);
    }

    /// <summary>Gives each symbol its code word, its first bit lowest, as the words are written.</summary>
    internal static void AssignWords(ReadOnlySpan<byte> lengths, Span<ushort> words)
    {
        Span<int> next = stackalloc int[17];
        next.Clear();
        foreach (byte length in lengths)
        {
            next[length + 1] += length > 0 ? 1 : 0;
        }

        for (int length = 1; length < next.Length; length++)
        {
            next[length] = (next[length] + next[length - 1]) << 1;
        }

        for (int symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            words[symbol] = length == 0 ? (ushort)0 : Reverse(next[length]++, length);
        }
    }

    // Each level has the leaves and the pairs of the level below it, by weight. Of the last level the first 2n - 2 items
    // are bought; each leaf among the items that this takes, level by level, is one bit more for its symbol.
    private static void CountBits(ReadOnlySpan<ulong> leaves, int limit, Span<byte> lengths)
    {
        int n = leaves.Length;
        var isLeaf = new bool[limit, 2 * n];
        var below = new long[2 * n];
        var items = new long[2 * n];
        int belowCount = 0;
        for (int level = 0; level < limit; level++)
        {
            int count = 0;
            int leaf = 0;
            for (int pair = 0; leaf < n || pair + 1 < belowCount;)
            {
                long weight = pair + 1 < belowCount ? below[pair] + below[pair + 1] : long.MaxValue;
                bool takesLeaf = leaf < n && (long)(leaves[leaf] >> 16) <= weight;
                isLeaf[level, count] = takesLeaf;
                items[count++] = takesLeaf ? (long)(leaves[leaf++] >> 16) : weight;
                pair += takesLeaf ? 0 : 2;
            }

            (below, items) = (items, below);
            belowCount = count;
        }

        int bought = (2 * n) - 2;
        for (int level = limit - 1; level >= 0 && bought > 0; level--)
        {
            int leavesBought = 0;
            for (int i = 0; i < bought; i++)
            {
                leavesBought += isLeaf[level, i] ? 1 : 0;
            }

            for (int i = 0; i < leavesBought; i++)
            {
                lengths[(int)(leaves[i] & 0xFFFF)]++;
            }

            bought = 2 * (bought - leavesBought);
        }
    }

    private static ushort Reverse(int word, int length)
    {
        int reversed = 0;
        for (int i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | (word & 1);
            word >>= 1;
        }

        return (ushort)reversed;
    }
}
