namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// A Huffman table (T.81, annexes C and F.2.2.3). Codes are looked up by the next bits of the stream; where a code and
/// the magnitude bits behind it fit together, one look gives run, value and length.
/// </summary>
/// <remarks>
/// An entry holds the bits to drop in its low byte. If its upper half is not 0, that half is the coefficient (never 0)
/// and the second byte the run of zeros before it. Otherwise the second byte is the symbol, its magnitude bits still to
/// be read; an entry of 0 says that the code is longer than the look, or that there is none.
/// </remarks>
internal sealed class HuffmanTable
{
    internal const int LookBits = 10;
    internal const int LookShift = 64 - LookBits;
    private const int MaxLength = 16;

    private readonly int[] _entries = new int[1 << LookBits];
    private readonly int[] _limits = new int[MaxLength + 1];
    private readonly int[] _symbolOffsets = new int[MaxLength + 1];
    private readonly byte[] _symbols;

    private HuffmanTable(byte[] symbols) => _symbols = symbols;

    /// <summary>2^<see cref="LookBits"/> entries, by the next bits of the stream.</summary>
    internal ReadOnlySpan<int> Entries => _entries;

    /// <summary>Makes a table of the number of codes of each length and the symbols in order of their codes; null if no such code exists.</summary>
    /// <param name="counts">BITS: 16 counts, for lengths 1 to 16.</param>
    /// <param name="symbols">HUFFVAL: as many as the counts say.</param>
    internal static HuffmanTable? TryCreate(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var table = new HuffmanTable(symbols.ToArray());
        int code = 0;
        int next = 0;
        for (int length = 1; length <= MaxLength; length++, code <<= 1)
        {
            table._symbolOffsets[length] = next - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, next++)
            {
                if (code >= 1 << length)
                {
                    return null;
                }

                if (length <= LookBits)
                {
                    table.AddEntries(code, length, symbols[next]);
                }
            }

            table._limits[length] = code << (MaxLength - length);
        }

        return table;
    }

    /// <summary>Finds a code longer than <see cref="LookBits"/>: symbol and length as in an entry, or 0 where no code fits.</summary>
    /// <param name="bits">The next bits of the stream, the first one on top.</param>
    internal int FindLong(ulong bits)
    {
        int next = (int)(bits >> (64 - MaxLength));
        for (int length = LookBits + 1; length <= MaxLength; length++)
        {
            if (next < _limits[length])
            {
                int place = (next >> (MaxLength - length)) + _symbolOffsets[length];
                return (uint)place < (uint)_symbols.Length ? (_symbols[place] << 8) | length : 0;
            }
        }

        return 0;
    }

    /// <summary>The value that magnitude bits stand for (T.81, F.2.2.1, EXTEND).</summary>
    internal static int Extend(int bits, int size) => bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;

    private void AddEntries(int code, int length, byte symbol)
    {
        int size = symbol & 15;
        int run = symbol >> 4;
        int spare = LookBits - length;
        for (int rest = 0; rest < 1 << spare; rest++)
        {
            _entries[(code << spare) | rest] = size > 0 && size <= spare
                ? (Extend(rest >> (spare - size), size) << 16) | (run << 8) | (length + size)
                : (symbol << 8) | length;
        }
    }
}
