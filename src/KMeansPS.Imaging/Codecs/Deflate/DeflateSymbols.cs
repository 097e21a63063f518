using System.Numerics;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>The symbols of deflate and the extra bits behind them (RFC 1951, 3.2.5).</summary>
internal static class DeflateSymbols
{
    internal const int EndOfBlock = 256;

    /// <summary>Literals, end of block, and lengths.</summary>
    internal const int LiteralCount = 286;

    internal const int DistanceCount = 30;
    internal const int MinLength = 3;
    internal const int MaxLength = 258;
    internal const int MaxDistance = 1 << 15;

    private const int FirstLength = 257;
    private static readonly ushort[] SymbolOfLength = MakeLengths();

    /// <summary>The symbol of a length of 3 to 258.</summary>
    internal static int Length(int length) => SymbolOfLength[length];

    /// <summary>How many extra bits follow the symbol of a literal or length.</summary>
    internal static int LengthExtraBits(int symbol) => symbol is < 265 or 285 ? 0 : (symbol - 261) >> 2;

    /// <summary>The least length of a symbol.</summary>
    internal static int LengthBase(int symbol) => symbol switch
    {
        < 265 => symbol - FirstLength + MinLength,
        285 => MaxLength,
        _ => MinLength + ((4 + ((symbol - 261) & 3)) << LengthExtraBits(symbol)),
    };

    /// <summary>The symbol of a distance, given as distance - 1: 0 to 32767.</summary>
    internal static int Distance(int beforeDistance)
    {
        if (beforeDistance < 4)
        {
            return beforeDistance;
        }

        int log = BitOperations.Log2((uint)beforeDistance);
        return (2 * log) + ((beforeDistance >> (log - 1)) & 1);
    }

    /// <summary>How many extra bits follow the symbol of a distance.</summary>
    internal static int DistanceExtraBits(int symbol) => symbol < 4 ? 0 : (symbol >> 1) - 1;

    private static ushort[] MakeLengths()
    {
        var symbols = new ushort[MaxLength + 1];
        for (int symbol = FirstLength; symbol < LiteralCount; symbol++)
        {
            symbols.AsSpan(LengthBase(symbol)).Fill((ushort)symbol);
        }

        return symbols;
    }
}
