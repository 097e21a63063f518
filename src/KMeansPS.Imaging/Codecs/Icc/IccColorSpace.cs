using System.Text;

namespace KMeansPS.Imaging.Codecs.Icc;

/// <summary>The colour space that an ICC profile is for (ICC.1:2022, 7.2.6).</summary>
internal static class IccColorSpace
{
    /// <summary>Bytes of a profile's header.</summary>
    internal const int HeaderLength = 128;

    /// <summary>Says why an RGB picture cannot carry a profile, as a sentence; null where it can.</summary>
    /// <param name="header">The header of the profile: 128 bytes or more.</param>
    internal static string? WhyDropped(ReadOnlySpan<byte> header)
    {
        var space = header.Slice(16, 4);
        return 0 switch
        {
            _ when space.SequenceEqual("RGB "u8) => null,
            _ when space.SequenceEqual("CMYK"u8) => "The CMYK ICC profile was dropped, because an RGB picture cannot carry it.",
            _ when space.SequenceEqual("GRAY"u8) => "The grey ICC profile was dropped, because an RGB picture cannot carry it.",
            _ => $"The ICC profile was dropped: it is one for the colour space '{Printable(space)}' instead of RGB.",
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
