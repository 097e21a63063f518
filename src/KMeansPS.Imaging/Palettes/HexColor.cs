using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KMeansPS.Imaging.Palettes;

/// <summary>Colours as CSS writes them in hexadecimal: <c>#rgb</c>, <c>#rgba</c>, <c>#rrggbb</c> or <c>#rrggbbaa</c>, the number sign left out or not.</summary>
public static class HexColor
{
    /// <summary>Reads a colour.</summary>
    /// <param name="text">The text; blanks around it do no harm.</param>
    /// <param name="color">The colour.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Rgba color)
    {
        color = default;
        var digits = text.AsSpan().Trim();
        digits = digits is ['#', ..] ? digits[1..] : digits;
        if (digits.Length is not (3 or 4 or 6 or 8) || !ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        bool isShort = digits.Length <= 4;
        Span<byte> channels = [0, 0, 0, byte.MaxValue];
        int width = isShort ? 1 : 2;
        for (int i = 0; i < digits.Length / width; i++)
        {
            byte value = byte.Parse(digits.Slice(i * width, width), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            channels[i] = (byte)(isShort ? value * 17 : value);
        }

        color = new Rgba(channels[0], channels[1], channels[2], channels[3]);
        return true;
    }
}
