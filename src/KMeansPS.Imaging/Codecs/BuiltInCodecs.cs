using KMeansPS.Imaging.Codecs.Bmp;
using KMeansPS.Imaging.Codecs.Jpeg;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Codecs.Pnm;

namespace KMeansPS.Imaging.Codecs;

/// <summary>The formats that are read without any plug-in.</summary>
public static class BuiltInCodecs
{
    /// <summary>JPEG, PNG, BMP and PNM.</summary>
    public static IReadOnlyList<IImageDecoder> Decoders => [new JpegDecoder(), new PngDecoder(), new BmpDecoder(), new PnmDecoder()];
}
