using System.Buffers.Binary;
using System.Text;
using KMeansPS.Imaging.Metadata;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// The segments that hold metadata: EXIF (JEITA CP-3451), XMP (Adobe, XMP Specification Part 3, 1.1.3), the density of
/// JFIF (ITU-T T.871) and comments.
/// </summary>
internal sealed class MetadataSegments
{
    private const int DensityEnd = 12;
    private const int MostComments = 1000;
    private readonly List<PictureText> _comments = [];
    private readonly ExtendedXmp _extendedXmp = new();
    private byte[]? _exif;
    private byte[]? _xmp;
    private PixelDensity? _density;

    private static ReadOnlySpan<byte> ExifHead => "Exif\0\0"u8;

    private static ReadOnlySpan<byte> XmpHead => "http://ns.adobe.com/xap/1.0/\0"u8;

    /// <summary>Takes what a segment says, if it is one of these; the first of a kind counts.</summary>
    /// <param name="marker">The marker of the segment.</param>
    /// <param name="segment">Its content.</param>
    /// <param name="position">Where the content begins in the file.</param>
    internal void Add(byte marker, ReadOnlySpan<byte> segment, int position)
    {
        switch (marker)
        {
            case Marker.APP0 when segment.StartsWith("JFIF\0"u8) && segment.Length >= DensityEnd:
                _density ??= ReadDensity(segment);
                break;
            case Marker.APP1 when segment.StartsWith(ExifHead):
                _exif ??= segment[ExifHead.Length..].ToArray();
                break;
            case Marker.APP1 when segment.StartsWith(XmpHead):
                _xmp ??= segment[XmpHead.Length..].ToArray();
                break;
            case Marker.APP1 when ExtendedXmp.Recognizes(segment):
                _extendedXmp.Add(segment, position);
                break;
            case Marker.COM when _comments.Count < MostComments:
                // Nothing says which encoding; most that is not UTF-8 was meant as Latin-1.
                var text = segment.TrimEnd((byte)0);
                var encoding = System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1;
                _comments.Add(new PictureText("Comment", encoding.GetString(text)));
                break;
        }
    }

    /// <summary>What the segments say.</summary>
    /// <param name="file">The file that they came from.</param>
    /// <param name="warnings">Told what had to be dropped.</param>
    internal PictureMetadata Collect(JpegFile file, List<string> warnings) =>
        new() { Exif = _exif, Xmp = _extendedXmp.Join(_xmp, file, warnings), Density = _density, Texts = _comments };

    private static PixelDensity? ReadDensity(ReadOnlySpan<byte> segment)
    {
        int x = BinaryPrimitives.ReadUInt16BigEndian(segment[8..]);
        int y = BinaryPrimitives.ReadUInt16BigEndian(segment[10..]);
        return (x > 0 && y > 0 ? segment[7] : 0) switch
        {
            1 => new PixelDensity(((x * 10_000) + 127) / 254, ((y * 10_000) + 127) / 254), // an inch is 0.0254 metres
            2 => new PixelDensity(x * 100, y * 100),
            _ => null,
        };
    }
}
