namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>About what each token will cost, in units of 1/64 bit: the logarithms of how rare its symbols are.</summary>
internal sealed class CostModel
{
    /// <summary>How many units make one bit.</summary>
    internal const int Bit = 64;

    /// <summary>How many lengths have a place, so that whole vectors can be read from any of them on.</summary>
    internal const int PaddedLengths = DeflateSymbols.MaxLength + 16;

    private const int Finer = FixedLog2.One / Bit;
    private readonly int[] _literals = new int[256];
    private readonly int[] _lengths = new int[PaddedLengths];
    private readonly int[] _distances = new int[DeflateSymbols.DistanceCount];

    /// <summary>The cost of each literal.</summary>
    internal ReadOnlySpan<int> Literals => _literals;

    /// <summary>The cost of each length from 3 on, extra bits included.</summary>
    internal ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>The cost of each symbol of a distance, extra bits included.</summary>
    internal ReadOnlySpan<int> Distances => _distances;

    /// <summary>
    /// Guesses from the bytes alone, before any token is known. Long copies are made cheap: what is tried and does not pay
    /// goes when costs are learnt, what is not tried never comes.
    /// </summary>
    internal void Guess(ReadOnlySpan<byte> data)
    {
        // Found by trial on pictures.
        const int bitsOfShortest = 7;
        const int noCheaperFrom = 8;
        const int bitsOfDistanceSymbol = 3;
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (byte value in data)
        {
            counts[value]++;
        }

        Price(counts, data.Length, _literals);
        for (int length = DeflateSymbols.MinLength; length <= DeflateSymbols.MaxLength; length++)
        {
            int symbol = DeflateSymbols.Length(length);
            int longer = Math.Min(length - DeflateSymbols.MinLength, noCheaperFrom);
            _lengths[length] = (Bit * (bitsOfShortest + DeflateSymbols.LengthExtraBits(symbol))) - (Bit / 2 * longer);
        }

        for (int symbol = 0; symbol < _distances.Length; symbol++)
        {
            _distances[symbol] = Bit * (bitsOfDistanceSymbol + DeflateSymbols.DistanceExtraBits(symbol));
        }
    }

    /// <summary>Learns from tokens.</summary>
    internal void Learn(TokenCounts counts)
    {
        Span<int> symbols = stackalloc int[DeflateSymbols.LiteralCount];
        Price(counts.Literals, Sum(counts.Literals), symbols);
        symbols[..256].CopyTo(_literals);
        for (int length = DeflateSymbols.MinLength; length <= DeflateSymbols.MaxLength; length++)
        {
            int symbol = DeflateSymbols.Length(length);
            _lengths[length] = symbols[symbol] + (Bit * DeflateSymbols.LengthExtraBits(symbol));
        }

        Price(counts.Distances, Sum(counts.Distances), _distances);
        for (int symbol = 0; symbol < _distances.Length; symbol++)
        {
            _distances[symbol] += Bit * DeflateSymbols.DistanceExtraBits(symbol);
        }
    }

    // A symbol that has not occurred costs as much as one that occurred once. No word of a code is shorter than a bit,
    // however common it is: else long runs of one byte would look cheaper as literals than as copies.
    private static void Price(ReadOnlySpan<int> counts, int total, Span<int> costs)
    {
        int all = FixedLog2.Of(Math.Max(total, 1));
        for (int i = 0; i < counts.Length; i++)
        {
            costs[i] = Math.Max((all - FixedLog2.Of(Math.Max(counts[i], 1))) / Finer, Bit);
        }
    }

    private static int Sum(ReadOnlySpan<int> counts)
    {
        int sum = 0;
        foreach (int count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
