using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.PointFiles.Delimited;

/// <summary>Numbers as text in UTF-8, in the invariant culture: each is read as the nearest value of its type.</summary>
internal static class NumberText
{
    private const ulong LargestExact = 1UL << 53;

    private static ReadOnlySpan<double> PowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>
    /// Reads a short number at the start of the text in one pass: up to 19 digits that make an integer below 2^53, and a
    /// power of ten up to 22, of which the product or quotient is rounded once and so correctly (W. D. Clinger, "How to
    /// read floating point numbers accurately", 1990).
    /// </summary>
    /// <returns>How many bytes the number takes; 0 where there is none, or only the long way reads it.</returns>
    internal static int ReadShort<T>(ReadOnlySpan<byte> text, out T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        value = default;
        int at = 0;
        bool negative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            at = 1;
        }

        ulong digits = 0;
        int first = at;
        uint digit;
        while (at < text.Length && (digit = (uint)text[at] - '0') <= 9)
        {
            digits = (digits * 10) + digit;
            at++;
        }

        int count = at - first;
        int exponent = 0;
        if (at < text.Length && text[at] == '.')
        {
            first = ++at;
            while (at < text.Length && (digit = (uint)text[at] - '0') <= 9)
            {
                digits = (digits * 10) + digit;
                at++;
            }

            exponent = first - at;
            count -= exponent;
        }

        if (count is 0 or > 19)
        {
            return 0;
        }

        if (at < text.Length && (text[at] | 0x20) == 'e' && !TryReadExponent(text, ref at, ref exponent))
        {
            return 0;
        }

        if (digits > LargestExact || exponent is < -22 or > 22)
        {
            return 0;
        }

        double exact = exponent < 0 ? digits / PowersOfTen[-exponent] : digits * PowersOfTen[exponent];
        if (typeof(T) == typeof(float) && IsHalfwayBetweenSingles(exact))
        {
            return 0;
        }

        value = T.CreateTruncating(negative ? -exact : exact);
        return at;
    }

    /// <summary>Reads a whole text as a number, the long way. NaN and infinities are numbers here.</summary>
    internal static bool TryReadWhole<T>(ReadOnlySpan<byte> text, out T value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (T.TryParse(text, Styles, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        bool infinite = Ascii(text.TrimStart("+-"u8), "inf"u8);
        value = infinite ? text[0] == '-' ? T.NegativeInfinity : T.PositiveInfinity : default;
        return infinite;
    }

    /// <summary>Whether a field stands for a value that is missing.</summary>
    internal static bool IsMissing(ReadOnlySpan<byte> text) =>
        text.IsEmpty || Ascii(text, "na"u8) || Ascii(text, "n/a"u8) || Ascii(text, "nan"u8) || Ascii(text, "null"u8);

    private static bool Ascii(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int at, ref int exponent)
    {
        int here = at + 1;
        bool negative = false;
        if (here < text.Length && text[here] is (byte)'-' or (byte)'+')
        {
            negative = text[here++] == '-';
        }

        int first = here;
        int value = 0;
        uint digit;
        while (here < text.Length && (digit = (uint)text[here] - '0') <= 9 && here - first < 4)
        {
            value = (value * 10) + (int)digit;
            here++;
        }

        at = here;
        exponent += negative ? -value : value;
        return here > first && (here == text.Length || (uint)text[here] - '0' > 9);
    }

    // Rounding first to double and then to float goes wrong only there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsHalfwayBetweenSingles(double value) =>
        (BitConverter.DoubleToUInt64Bits(value) & 0x1FFF_FFFF) == 0x1000_0000;
}
