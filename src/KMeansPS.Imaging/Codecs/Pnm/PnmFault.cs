namespace KMeansPS.Imaging.Codecs.Pnm;

/// <summary>Makes the exceptions that tell a fault of a PNM file.</summary>
internal static class PnmFault
{
    /// <summary>The file is damaged.</summary>
    internal static ImageFormatException Broken(long offset, string reason) =>
        new(PnmDecoder.FormatName, ImageFault.Broken, offset, reason);

    /// <summary>The file may be sound, but is of a kind that is not read here.</summary>
    internal static ImageFormatException Unsupported(long offset, string reason) =>
        new(PnmDecoder.FormatName, ImageFault.Unsupported, offset, reason);
}
