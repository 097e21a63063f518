using KMeansPS.Imaging.Codecs.Exif;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// Reads JPEG (ITU-T T.81 | ISO/IEC 10918-1): baseline, extended sequential and progressive with 8-bit samples and
/// Huffman coding; grey, YCbCr, RGB, CMYK and YCCK; any sampling factors. Single-threaded, and in integers only, so that
/// the pixels are the same everywhere: those of the Independent JPEG Group's library with its default settings.
/// </summary>
/// <remarks>
/// CMYK is taken as inverted, as Adobe's programs write it, and brought to RGB without a profile: R = C x K / 255.
/// Arithmetic, lossless and hierarchical coding and samples of 12 bits are unsupported. A progressive file that ends
/// properly, but before its last refinements, is decoded as it stands, without smoothing between blocks.
/// </remarks>
public sealed class JpegDecoder : IImageDecoder
{
    /// <inheritdoc/>
    public string Name => JpegFault.Format;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => header.StartsWith([Marker.Prefix, Marker.SOI, Marker.Prefix]);

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The file is damaged, or of a kind that is not read here.</exception>
    public ImageInfo Identify(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var markers = new MarkerReader(new JpegFile(stream, cancellationToken));
        FindFirstScan(markers);
        var frame = markers.Frame;
        return ExifOrientation.ExchangesAxes(markers.Orientation)
            ? new ImageInfo(Name, frame.Height, frame.Width)
            : new ImageInfo(Name, frame.Width, frame.Height);
    }

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The file is damaged, of a kind that is not read here, or beyond the limits.</exception>
    public PixelImage Decode(Stream stream, DecoderOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        var file = new JpegFile(stream, cancellationToken);
        var markers = new MarkerReader(file);
        var scan = FindFirstScan(markers);
        try
        {
            return new PictureDecoder(markers, cancellationToken).Decode(file.ReadAll(), scan, options);
        }
        catch (OutOfMemoryException e)
        {
            var frame = markers.Frame;
            throw new ImageFormatException(Name, ImageFault.Unsupported, frame.Offset, $"there is not enough memory for {frame.Width} x {frame.Height} pixels", e);
        }
    }

    private static ScanHeader FindFirstScan(MarkerReader markers) =>
        markers.NextScan() ?? throw JpegFault.Broken(markers.Position, "the file ends before its first scan");
}
