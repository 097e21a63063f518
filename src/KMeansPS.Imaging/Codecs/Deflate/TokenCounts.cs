namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>How often each symbol occurs in a run of tokens, the end of the block included.</summary>
internal sealed class TokenCounts
{
    private readonly int[] _literals = new int[DeflateSymbols.LiteralCount];
    private readonly int[] _distances = new int[DeflateSymbols.DistanceCount];

    internal ReadOnlySpan<int> Literals => _literals;

    internal ReadOnlySpan<int> Distances => _distances;

    /// <summary>Counts tokens instead of what was counted before.</summary>
    internal void Count(ReadOnlySpan<DeflateToken> tokens)
    {
        _literals.AsSpan().Clear();
        _distances.AsSpan().Clear();
        _literals[DeflateSymbols.EndOfBlock] = 1;
        foreach (var token in tokens)
        {
            if (token.IsLiteral)
            {
                _literals[token.Bits]++;
            }
            else
            {
                _literals[DeflateSymbols.Length(token.Length)]++;
                _distances[DeflateSymbols.Distance(token.BeforeDistance)]++;
            }
        }
    }

    /// <summary>Takes the counts of two neighbouring runs together.</summary>
    internal void SetSum(TokenCounts first, TokenCounts second)
    {
        for (int i = 0; i < _literals.Length; i++)
        {
            _literals[i] = first._literals[i] + second._literals[i];
        }

        for (int i = 0; i < _distances.Length; i++)
        {
            _distances[i] = first._distances[i] + second._distances[i];
        }

        _literals[DeflateSymbols.EndOfBlock] = 1;
    }

    /// <summary>About how many bits a block of these tokens takes, in units of 1 / <see cref="FixedLog2.One"/>.</summary>
    internal long EstimateBits()
    {
        // The head costs three to four bits for each symbol that occurs.
        const int bitsOfHead = 70;
        const int halfBitsForEachSymbol = 7;
        int used = _literals.Length + _distances.Length - _literals.AsSpan().Count(0) - _distances.AsSpan().Count(0);
        long bits = bitsOfHead + (halfBitsForEachSymbol * used / 2);
        for (int symbol = DeflateSymbols.EndOfBlock + 1; symbol < _literals.Length; symbol++)
        {
            bits += (long)_literals[symbol] * DeflateSymbols.LengthExtraBits(symbol);
        }

        for (int symbol = 0; symbol < _distances.Length; symbol++)
        {
            bits += (long)_distances[symbol] * DeflateSymbols.DistanceExtraBits(symbol);
        }

        return BitsOfCode(_literals) + BitsOfCode(_distances) + (bits * FixedLog2.One);
    }

    // The entropy; but no word of a code is shorter than a bit. A symbol that is more common than all others together has
    // a word of one bit, and theirs begin with the other one.
    private static long BitsOfCode(int[] counts)
    {
        int total = 0;
        int most = 0;
        foreach (int count in counts)
        {
            total += count;
            most = Math.Max(most, count);
        }

        long entropy = FixedLog2.Entropy(counts);
        return most <= total - most ? entropy : entropy - Split(most, total - most) + ((long)total * FixedLog2.One);
    }

    // The entropy of which of the two it is.
    private static long Split(int common, int others) => FixedLog2.Entropy([common, others]);
}
