using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Pictures;

/// <summary>Stands for the plug-in in the list of decoders, so that it is loaded only for a picture that no other reads.</summary>
internal sealed class PlugInDecoder : IImageDecoder
{
    private static readonly string[] Formats = ["WebP", "TIFF", "GIF", "TGA", "QOI"];

    public string Name => PlugIn.Decoder?.Name ?? "ImageSharp";

    public bool Recognizes(ReadOnlySpan<byte> header) =>
        PlugIn.Decoder is { } decoder ? decoder.Recognizes(header) : Formats.Contains(ImageSignature.NameOf(header));

    public ImageInfo Identify(Stream stream, CancellationToken cancellationToken) => DecoderFor(stream).Identify(stream, cancellationToken);

    public PixelImage Decode(Stream stream, DecoderOptions options, CancellationToken cancellationToken) =>
        DecoderFor(stream).Decode(stream, options, cancellationToken);

    private static IImageDecoder DecoderFor(Stream stream)
    {
        if (PlugIn.Decoder is { } decoder)
        {
            return decoder;
        }

        var header = new byte[ImageReader.HeaderLength];
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        throw new ImageFormatException(ImageSignature.NameOf(header.AsSpan(0, length)), ImageFault.Unsupported, 0,
            "this format is read by the ImageSharp plug-in, which is not beside the module; run build.ps1 where the package SixLabors.ImageSharp can be restored, and import the module anew");
    }
}
