namespace KMeansPS.Imaging.Codecs;

/// <summary>Names formats by their first bytes, so that an error can say what a file is, even one that nothing here reads.</summary>
public static class ImageSignature
{
    /// <summary>The name of a format that nothing built in reads, such as <c>WebP</c>; <c>image</c> where the bytes say nothing.</summary>
    /// <param name="header">The first bytes of the file, up to <see cref="ImageReader.HeaderLength"/> of them.</param>
    public static string NameOf(ReadOnlySpan<byte> header) => header switch
    {
        _ when header.StartsWith("GIF8"u8) => "GIF",
        _ when header.StartsWith("RIFF"u8) && header.Length >= 12 && header[8..12].SequenceEqual("WEBP"u8) => "WebP",
        _ when header.StartsWith("II*\0"u8) || header.StartsWith("MM\0*"u8) => "TIFF",
        _ when header.StartsWith("qoif"u8) => "QOI",
        _ when header.Length >= 12 && header[4..8].SequenceEqual("ftyp"u8) => header[8..12].SequenceEqual("avif"u8) ? "AVIF" : "HEIF",
        _ when header.StartsWith("8BPS"u8) => "Photoshop",
        _ when header.StartsWith("%PDF"u8) => "PDF",
        _ when LooksLikeTga(header) => "TGA",
        _ => "image",
    };

    // TGA has no signature at its head: the fields must merely make sense together.
    private static bool LooksLikeTga(ReadOnlySpan<byte> header) =>
        header.Length >= 18 && header[1] <= 1 && header[2] is 1 or 2 or 3 or 9 or 10 or 11 && header[16] is 8 or 15 or 16 or 24 or 32;
}
