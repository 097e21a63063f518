using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Pictures;

/// <summary>Reads pictures with the built-in decoders first, then the plug-in.</summary>
internal static class PictureReader
{
    internal static ImageReader Create() => new([.. BuiltInCodecs.Decoders, new PlugInDecoder()]);

    internal static DecodedImage Read(string path, long maxPixels, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        return Create().Read(stream, new DecoderOptions { MaxPixels = maxPixels }, cancellationToken);
    }
}
