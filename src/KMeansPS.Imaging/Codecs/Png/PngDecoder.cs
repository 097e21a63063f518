using KMeansPS.Imaging.Codecs.Exif;
using KMeansPS.Imaging.Codecs.Rows;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// Reads PNG files of every colour type, bit depth and interlace method (W3C PNG, third edition 2025). Samples of 16
/// bits are rounded to 8; gAMA, cHRM, sRGB and cICP are not applied; an RGB profile of iCCP is kept, and the orientation of eXIf applied; of an animated PNG
/// the default image is read. A wrong CRC of a critical chunk is a fault, an ancillary chunk with one is passed over.
/// </summary>
public sealed class PngDecoder : IImageDecoder
{
    internal const string FormatName = "PNG";

    // Deflate gives at most 258 bytes for 2 bits, which with its block heads comes to 1032 for each byte.
    private const int LargestRatio = 1032;

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => header.StartsWith(PngChunkReader.Signature[..4]);

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The signature or the IHDR chunk is damaged or of an unknown kind.</exception>
    public ImageInfo Identify(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var chunks = new PngChunkReader(stream);
        var header = ReadHeader(chunks, cancellationToken);
        return ExifOrientation.ExchangesAxes(PngMetadata.FindOrientation(chunks, cancellationToken))
            ? new ImageInfo(FormatName, header.Height, header.Width)
            : new ImageInfo(FormatName, header.Width, header.Height);
    }

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The file is damaged, of an unknown kind, or larger than the limit.</exception>
    public PixelImage Decode(Stream stream, DecoderOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        var chunks = new PngChunkReader(stream);
        var header = ReadHeader(chunks, cancellationToken);
        CheckSize(header, options);
        var metadata = PngMetadata.Read(chunks, header, options, cancellationToken);
        CheckClaim(header, chunks);

        var image = new PixelImage(header.Width, header.Height)
        {
            IccProfile = metadata.IccProfile,
            Warnings = metadata.Warnings,
        };
        using var rows = new PngRowReader(header, chunks, cancellationToken);
        ReadRows(rows, header, metadata, image);
        rows.Finish();
        metadata.ReadTail(chunks, cancellationToken);
        int orientation = ExifOrientation.Read(metadata.Kept.Exif);
        image.Metadata = options.KeepMetadata ? ExifOrientation.Applied(metadata.Kept, orientation) : null;
        return OrientedPicture.Upright(image, orientation, cancellationToken);
    }

    private static PngHeader ReadHeader(PngChunkReader chunks, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        chunks.ReadSignature();
        return PngHeader.Read(chunks, cancellationToken);
    }

    private static void CheckSize(PngHeader header, DecoderOptions options)
    {
        const long headerOffset = 16;
        long limit = Math.Min(options.MaxPixels, Array.MaxLength);
        if ((long)header.Width * header.Height > limit)
        {
            throw PngFault.Unsupported(headerOffset, $"{header.Width} x {header.Height} pixels are more than the limit of {limit}");
        }

        if (header.RowLength(header.Width) > PngRowReader.LongestRow)
        {
            throw PngFault.Unsupported(headerOffset, $"a row of {header.Width} pixels is longer than this decoder holds");
        }
    }

    // A file of a few bytes may claim gigabytes: what it cannot hold is refused before memory is taken.
    private static void CheckClaim(PngHeader header, PngChunkReader chunks)
    {
        if (header.FilteredLength > (UInt128)chunks.BytesLeft * LargestRatio)
        {
            throw PngFault.Broken(
                chunks.Current.Offset,
                $"{chunks.BytesLeft} bytes are too few for the {header.Width} x {header.Height} pixels that the head claims");
        }
    }

    private static void ReadRows(PngRowReader rows, PngHeader header, PngMetadata metadata, PixelImage image)
    {
        var converter = new PngRowConverter(header, metadata.Palette, metadata.Transparency);
        var passRow = header.IsInterlaced ? new Rgba[header.Width] : [];
        bool isIndexed = header.ColorType == PngColorType.IndexedColour;
        bool hasStrayIndex = false;
        foreach (var pass in Adam7.PassesOf(header))
        {
            rows.StartPass((int)header.RowLength(pass.Width), pass.Height);
            for (int i = 0, y = pass.FirstRow; i < pass.Height; i++, y += pass.RowStep)
            {
                var row = rows.NextRow();
                hasStrayIndex = hasStrayIndex
                    || (isIndexed && PackedRow.ContainsAtLeast(row, header.BitDepth, pass.Width, metadata.Palette.Length));
                if (pass.ColumnStep == 1)
                {
                    converter.Convert(row, image.Row(y));
                }
                else
                {
                    converter.Convert(row, passRow.AsSpan(0, pass.Width));
                    pass.Scatter(passRow.AsSpan(0, pass.Width), image.Row(y));
                }
            }
        }

        if (hasStrayIndex)
        {
            metadata.Warnings.Add("Some pixels name palette entries that the file does not have; they are black.");
        }
    }
}
