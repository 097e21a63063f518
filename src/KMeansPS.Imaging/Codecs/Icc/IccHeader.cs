using System.Text;

namespace KMeansPS.Imaging.Codecs.Icc;

/// <summary>
/// What the header of an ICC profile says of its use: the colour space that it is for, and the rendering intent, of whose
/// four bytes the first two are 0 (ICC.1:2022, 7.2.6 and 7.2.15).
/// </summary>
internal static class IccHeader
{
    /// <summary>Bytes of a profile's header.</summary>
    internal const int Length = 128;

    /// <summary>Says why an RGB picture cannot carry a profile, as a sentence; null where it can.</summary>
    /// <param name="header">The header of the profile: 128 bytes or more.</param>
    internal static string? WhyDropped(ReadOnlySpan<byte> header)
    {
        var space = header.Slice(16, 4);
        return 0 switch
        {
            _ when space.SequenceEqual("CMYK"u8) => "The CMYK ICC profile was dropped, because an RGB picture cannot carry it.",
            _ when space.SequenceEqual("GRAY"u8) => "The grey ICC profile was dropped, because an RGB picture cannot carry it.",
            _ when !space.SequenceEqual("RGB "u8) => $"The ICC profile was dropped: it is one for the colour space '{Printable(space)}' instead of RGB.",
            _ when header[64] != 0 || header[65] != 0 => "The ICC profile was dropped: its rendering intent is invalid, and programs that read PNG would refuse it.",
            _ => null,
        };
    }

    private static string Printable(ReadOnlySpan<byte> letters)
    {
        var text = new StringBuilder(letters.Length);
        foreach (byte letter in letters)
        {
            text.Append(letter is > 32 and < 127 ? (char)letter : '?');
        }

        return text.ToString();
    }
}
