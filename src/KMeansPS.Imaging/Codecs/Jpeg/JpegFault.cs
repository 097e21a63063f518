namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>Makes the exceptions of this decoder, so that every one names the format the same way.</summary>
internal static class JpegFault
{
    internal const string Format = "JPEG";

    internal static ImageFormatException Broken(long offset, string reason) => new(Format, ImageFault.Broken, offset, reason);

    internal static ImageFormatException Unsupported(long offset, string reason) => new(Format, ImageFault.Unsupported, offset, reason);
}
