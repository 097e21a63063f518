using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>The codes of a block, chosen for its symbols: its own, or the fixed ones where these make it smaller.</summary>
internal sealed class BlockCodes
{
    private const int LongestWord = 15;

    private readonly ushort[] _literalWords = new ushort[288];
    private readonly ushort[] _distanceWords = new ushort[32];
    private byte[] _literalLengths = [];
    private byte[] _distanceLengths = [];
    private CodeLengthRuns _head = null!;
    private bool _isFixed;

    private static byte[] FixedLiterals { get; } = MakeFixedLiterals();

    private static byte[] FixedDistances { get; } = MakeFixedDistances();

    /// <summary>How many bits the block takes.</summary>
    internal long BitCount { get; private set; }

    /// <summary>Makes the codes for symbols that occur so often.</summary>
    internal void Fit(TokenCounts counts)
    {
        var literals = new byte[DeflateSymbols.LiteralCount];
        var distances = new byte[DeflateSymbols.DistanceCount];
        HuffmanCode.FindLengths(counts.Literals, LongestWord, literals);
        HuffmanCode.FindLengths(counts.Distances, LongestWord, distances);
        int literalCount = literals.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;

        // One distance has to be named even where there are no copies.
        int distanceCount = Math.Max(distances.AsSpan().LastIndexOfAnyExcept((byte)0) + 1, 1);
        _head = CodeLengthRuns.Best(literals.AsSpan(0, literalCount), distances.AsSpan(0, distanceCount));
        long own = _head.BitCount + Bits(counts, literals, distances);
        long withFixed = Bits(counts, FixedLiterals, FixedDistances);
        _isFixed = withFixed <= own;
        BitCount = 3 + Math.Min(own, withFixed);
        (_literalLengths, _distanceLengths) = _isFixed ? (FixedLiterals, FixedDistances) : (literals, distances);
    }

    /// <summary>Writes the block.</summary>
    /// <param name="tokens">The tokens that were counted.</param>
    /// <param name="isLast">Whether no other block follows.</param>
    /// <param name="bits">Where the block goes.</param>
    internal void Write(ReadOnlySpan<DeflateToken> tokens, bool isLast, BitWriter bits)
    {
        HuffmanCode.AssignWords(_literalLengths, _literalWords);
        HuffmanCode.AssignWords(_distanceLengths, _distanceWords);
        bits.Write((isLast ? 1UL : 0) | (_isFixed ? 2UL : 4UL), 3);
        if (!_isFixed)
        {
            _head.Write(bits);
        }

        foreach (var token in tokens)
        {
            if (token.IsLiteral)
            {
                bits.Write(_literalWords[token.Bits], _literalLengths[token.Bits]);
            }
            else
            {
                WriteCopy(token, bits);
            }
        }

        bits.Write(_literalWords[DeflateSymbols.EndOfBlock], _literalLengths[DeflateSymbols.EndOfBlock]);
    }

    // RFC 1951, 3.2.6.
    private static byte[] MakeFixedLiterals()
    {
        var lengths = new byte[288];
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280).Fill(8);
        return lengths;
    }

    private static byte[] MakeFixedDistances()
    {
        var lengths = new byte[32];
        lengths.AsSpan().Fill(5);
        return lengths;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteCopy(DeflateToken token, BitWriter bits)
    {
        int symbol = DeflateSymbols.Length(token.Length);
        ulong word = _literalWords[symbol];
        int count = _literalLengths[symbol];
        word |= (ulong)(token.Length - DeflateSymbols.LengthBase(symbol)) << count;
        count += DeflateSymbols.LengthExtraBits(symbol);

        symbol = DeflateSymbols.Distance(token.BeforeDistance);
        word |= (ulong)_distanceWords[symbol] << count;
        count += _distanceLengths[symbol];
        int extraBits = DeflateSymbols.DistanceExtraBits(symbol);
        word |= (ulong)(token.BeforeDistance & ((1 << extraBits) - 1)) << count;
        bits.Write(word, count + extraBits);
    }

    private static long Bits(TokenCounts counts, ReadOnlySpan<byte> literals, ReadOnlySpan<byte> distances)
    {
        long bits = 0;
        for (int symbol = 0; symbol < counts.Literals.Length; symbol++)
        {
            bits += counts.Literals[symbol] * (long)(literals[symbol] + (symbol > DeflateSymbols.EndOfBlock ? DeflateSymbols.LengthExtraBits(symbol) : 0));
        }

        for (int symbol = 0; symbol < counts.Distances.Length; symbol++)
        {
            bits += counts.Distances[symbol] * (long)(distances[symbol] + DeflateSymbols.DistanceExtraBits(symbol));
        }

        return bits;
    }
}
