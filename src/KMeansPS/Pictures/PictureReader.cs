using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Pictures;

/// <summary>Reads pictures with the built-in decoders first, then the plug-in.</summary>
internal static class PictureReader
{
    internal static ImageReader Create() => new([.. BuiltInCodecs.Decoders, new PlugInDecoder()]);
}
