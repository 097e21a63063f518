namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>The head of a block with codes of its own: their lengths, runs of equal ones taken together, in a code (RFC 1951, 3.2.7).</summary>
internal sealed class CodeLengthRuns
{
    private const int RepeatLast = 16;
    private const int FewZeros = 17;
    private const int ManyZeros = 18;
    private const int SymbolCount = 19;
    private const int LongestWord = 7;
    private const int CountsLength = 5 + 5 + 4;

    // Symbol and, above it, the value of its extra bits.
    private readonly List<int> _symbols = [];
    private readonly byte[] _lengths = new byte[SymbolCount];
    private readonly int _literalCount;
    private readonly int _distanceCount;
    private int _lengthCount;

    private CodeLengthRuns(ReadOnlySpan<byte> literals, ReadOnlySpan<byte> distances, bool repeats, bool fewZeros, bool manyZeros)
    {
        _literalCount = literals.Length;
        _distanceCount = distances.Length;
        AddRuns([.. literals, .. distances], repeats, fewZeros, manyZeros);
        FindCode();
    }

    /// <summary>How many bits the head takes.</summary>
    internal int BitCount { get; private set; }

    private static ReadOnlySpan<byte> Order => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>The smallest of the heads that use this or that kind of run.</summary>
    /// <param name="literals">The lengths of literals, end of block and lengths, 257 or more.</param>
    /// <param name="distances">The lengths of distances, at least one.</param>
    internal static CodeLengthRuns Best(ReadOnlySpan<byte> literals, ReadOnlySpan<byte> distances)
    {
        CodeLengthRuns? best = null;
        for (int kinds = 7; kinds >= 0; kinds--)
        {
            var runs = new CodeLengthRuns(literals, distances, (kinds & 1) != 0, (kinds & 2) != 0, (kinds & 4) != 0);
            best = best is null || runs.BitCount < best.BitCount ? runs : best;
        }

        return best!;
    }

    /// <summary>Writes the head.</summary>
    internal void Write(BitWriter bits)
    {
        bits.Write((ulong)(_literalCount - 257), 5);
        bits.Write((ulong)(_distanceCount - 1), 5);
        bits.Write((ulong)(_lengthCount - 4), 4);
        foreach (byte symbol in Order[.._lengthCount])
        {
            bits.Write(_lengths[symbol], 3);
        }

        Span<ushort> words = stackalloc ushort[SymbolCount];
        HuffmanCode.AssignWords(_lengths, words);
        foreach (int run in _symbols)
        {
            int symbol = run & 31;
            bits.Write(words[symbol] | ((ulong)(run >> 5) << _lengths[symbol]), _lengths[symbol] + ExtraBits(symbol));
        }
    }

    private static int ExtraBits(int symbol) => symbol switch
    {
        RepeatLast => 2,
        FewZeros => 3,
        ManyZeros => 7,
        _ => 0,
    };

    private void AddRuns(ReadOnlySpan<byte> lengths, bool repeats, bool fewZeros, bool manyZeros)
    {
        while (!lengths.IsEmpty)
        {
            byte length = lengths[0];
            int run = lengths.IndexOfAnyExcept(length);
            run = run < 0 ? lengths.Length : run;
            lengths = lengths[run..];
            if (length == 0)
            {
                run = manyZeros ? AddRuns(ManyZeros, run, 11, 138) : run;
                run = fewZeros ? AddRuns(FewZeros, run, 3, 10) : run;
            }

            if (repeats && run > 3)
            {
                _symbols.Add(length);
                run = AddRuns(RepeatLast, run - 1, 3, 6);
            }

            for (; run > 0; run--)
            {
                _symbols.Add(length);
            }
        }
    }

    // Returns how much of the run is left.
    private int AddRuns(int symbol, int run, int shortest, int longest)
    {
        while (run >= shortest)
        {
            int taken = Math.Min(run, longest);
            _symbols.Add(symbol | ((taken - shortest) << 5));
            run -= taken;
        }

        return run;
    }

    private void FindCode()
    {
        Span<int> counts = stackalloc int[SymbolCount];
        counts.Clear();
        foreach (int run in _symbols)
        {
            counts[run & 31]++;
        }

        HuffmanCode.FindLengths(counts, LongestWord, _lengths);
        _lengthCount = SymbolCount;
        while (_lengthCount > 4 && _lengths[Order[_lengthCount - 1]] == 0)
        {
            _lengthCount--;
        }

        BitCount = CountsLength + (3 * _lengthCount);
        for (int symbol = 0; symbol < SymbolCount; symbol++)
        {
            BitCount += counts[symbol] * (_lengths[symbol] + ExtraBits(symbol));
        }
    }
}
