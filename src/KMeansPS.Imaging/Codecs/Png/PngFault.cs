namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>Makes the exceptions that tell a fault of a PNG file.</summary>
internal static class PngFault
{
    /// <summary>The file is damaged.</summary>
    internal static ImageFormatException Broken(long offset, string reason, Exception? inner = null) =>
        new(PngDecoder.FormatName, ImageFault.Broken, offset, reason, inner);

    /// <summary>The file may be sound, but is of a kind that is not read here.</summary>
    internal static ImageFormatException Unsupported(long offset, string reason) =>
        new(PngDecoder.FormatName, ImageFault.Unsupported, offset, reason);
}
