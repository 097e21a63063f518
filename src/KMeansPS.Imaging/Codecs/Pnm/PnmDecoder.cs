namespace KMeansPS.Imaging.Codecs.Pnm;

/// <summary>
/// Reads the formats of Netpbm: PBM, PGM and PPM, plain and raw (P1 to P6), and PAM (P7) of black and white, grey and
/// RGB, with and without alpha; any largest sample up to 65535, scaled to 8 bits. Of several pictures in a file the
/// first is read.
/// </summary>
public sealed class PnmDecoder : IImageDecoder
{
    internal const string FormatName = "PNM";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) =>
        header is [(byte)'P', (>= (byte)'1' and <= (byte)'7') or (byte)'F' or (byte)'f', var next, ..]
            && (PnmReader.IsSpace(next) || next == '#');

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The header is damaged or of an unknown kind.</exception>
    public ImageInfo Identify(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = PnmHeader.Read(new PnmReader(stream, cancellationToken));
        return new ImageInfo(FormatName, header.Width, header.Height);
    }

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The file is damaged, of an unknown kind, or larger than the limit.</exception>
    public PixelImage Decode(Stream stream, DecoderOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        var reader = new PnmReader(stream, cancellationToken);
        var header = PnmHeader.Read(reader);
        CheckSize(header, options, reader);

        var image = new PixelImage(header.Width, header.Height);
        var converter = new PnmRowConverter(header);
        var row = new byte[header.RowLength];
        for (int y = 0; y < header.Height; y++)
        {
            if (header.IsPlain)
            {
                PnmPlainRow.Read(reader, header, row);
            }
            else
            {
                reader.ReadExactly(row);
            }

            if (!converter.TryConvert(row, image.Row(y)))
            {
                throw PnmFault.Broken(reader.Position - row.Length, $"row {y} has a sample that is more than the largest of {header.MaxValue}");
            }
        }

        return image;
    }

    // Limits first, then what the file cannot hold: both before memory is taken.
    private static void CheckSize(PnmHeader header, DecoderOptions options, PnmReader reader)
    {
        long limit = Math.Min(options.MaxPixels, Array.MaxLength);
        if ((long)header.Width * header.Height > limit)
        {
            throw PnmFault.Unsupported(reader.Position, $"{header.Width} x {header.Height} pixels are more than the limit of {limit}");
        }

        if (header.RowLength > Array.MaxLength)
        {
            throw PnmFault.Unsupported(reader.Position, $"a row of {header.Width} pixels is longer than this decoder holds");
        }

        if (header.LeastLength > reader.BytesLeft)
        {
            throw PnmFault.Broken(
                reader.Position,
                $"{reader.BytesLeft} bytes are too few for the {header.Width} x {header.Height} pixels that the head claims");
        }
    }
}
