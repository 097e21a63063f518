namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Cuts tokens into blocks that deserve codes of their own: small runs, of which neighbours are taken together as long
/// as that saves more in heads of blocks than it costs in codes that fit less well, the best pair first.
/// </summary>
internal static class BlockSplitter
{
    /// <summary>Finds the blocks.</summary>
    /// <param name="tokens">The tokens, at least one.</param>
    /// <param name="granularity">The tokens of a run.</param>
    /// <returns>How many tokens each block has.</returns>
    internal static int[] Split(ReadOnlySpan<DeflateToken> tokens, int granularity)
    {
        var runs = new List<Run>();
        for (int start = 0; start < tokens.Length; start += granularity)
        {
            runs.Add(Run.Of(tokens.Slice(start, Math.Min(granularity, tokens.Length - start))));
            Join(runs, runs.Count - 2);
        }

        while (Best(runs) is int i && i >= 0)
        {
            runs[i] = runs[i].WithNext!;
            runs.RemoveAt(i + 1);
            Join(runs, i - 1);
            Join(runs, i);
        }

        var lengths = new int[runs.Count];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = runs[i].Length;
        }

        return lengths;
    }

    private static int Best(List<Run> runs)
    {
        long most = 0;
        int best = -1;
        for (int i = 0; i + 1 < runs.Count; i++)
        {
            long saved = runs[i].Bits + runs[i + 1].Bits - runs[i].WithNext!.Bits;
            if (saved > most)
            {
                most = saved;
                best = i;
            }
        }

        return best;
    }

    private static void Join(List<Run> runs, int i)
    {
        if (i >= 0)
        {
            runs[i].WithNext = i + 1 < runs.Count ? Run.Of(runs[i], runs[i + 1]) : null;
        }
    }

    private sealed class Run
    {
        private readonly TokenCounts _counts = new();

        internal int Length { get; private init; }

        internal long Bits { get; private set; }

        internal Run? WithNext { get; set; }

        internal static Run Of(ReadOnlySpan<DeflateToken> tokens)
        {
            var run = new Run { Length = tokens.Length };
            run._counts.Count(tokens);
            run.Bits = run._counts.EstimateBits();
            return run;
        }

        internal static Run Of(Run first, Run second)
        {
            var run = new Run { Length = first.Length + second.Length };
            run._counts.SetSum(first._counts, second._counts);
            run.Bits = run._counts.EstimateBits();
            return run;
        }
    }
}
