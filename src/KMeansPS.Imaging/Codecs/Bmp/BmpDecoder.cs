using KMeansPS.Imaging.Codecs.Rows;

namespace KMeansPS.Imaging.Codecs.Bmp;

/// <summary>
/// Reads BMP files of Windows and OS/2: 1, 4, 8, 16, 24 and 32 bits a pixel, any channel masks, RLE8 and RLE4
/// (Microsoft, Windows GDI, "Bitmap Storage"). Alpha is read where the file has a mask for it; else all is opaque.
/// </summary>
public sealed class BmpDecoder : IImageDecoder
{
    internal const string FormatName = "BMP";

    private const int BandLength = 1 << 16;

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => header.StartsWith("BM"u8);

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The header is damaged or of an unknown kind.</exception>
    public ImageInfo Identify(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        cancellationToken.ThrowIfCancellationRequested();
        var header = BmpHeader.Read(stream);
        return new ImageInfo(FormatName, header.Width, header.Height);
    }

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">The file is damaged, of an unknown kind, or larger than the limit.</exception>
    public PixelImage Decode(Stream stream, DecoderOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        long origin = stream.Position;
        var header = BmpHeader.Read(stream);
        CheckSize(header, options);
        CheckClaim(header, stream.Length - origin);
        var colors = header.IsIndexed ? ReadPalette(stream, origin, header) : [];

        stream.Position = origin + header.PixelOffset;
        var warnings = new List<string>();
        var image = new PixelImage(header.Width, header.Height) { Warnings = warnings };
        if (header.IsRunLength)
        {
            ReadRuns(stream, header, colors, image, warnings, cancellationToken);
        }
        else
        {
            ReadRows(stream, header, colors, image, warnings, cancellationToken);
        }

        return image;
    }

    private static void CheckSize(BmpHeader header, DecoderOptions options)
    {
        const int sizeOffset = 18;
        long limit = Math.Min(options.MaxPixels, Array.MaxLength);
        if ((long)header.Width * header.Height > limit)
        {
            throw BmpFault.Unsupported(sizeOffset, $"{header.Width} x {header.Height} pixels are more than the limit of {limit}");
        }

        if (header.Stride > Array.MaxLength)
        {
            throw BmpFault.Unsupported(sizeOffset, $"a row of {header.Width} pixels is longer than this decoder holds");
        }
    }

    // What the file cannot hold is refused before memory is taken.
    private static void CheckClaim(BmpHeader header, long fileLength)
    {
        if (header.PixelOffset > fileLength)
        {
            throw BmpFault.Broken(10, $"the pixels are said to begin at byte {header.PixelOffset}, past the end of the file");
        }

        // A run-length code of 4 bytes passes over 255 rows at most. Rows are padded, but for the last one in some files.
        long have = fileLength - header.PixelOffset;
        long need = header.IsRunLength
            ? (header.Height - 1) / 64L
            : header.Stride * (header.Height - 1) + header.RowLength;
        if (have < need)
        {
            throw BmpFault.Broken(
                header.PixelOffset,
                $"{have} bytes are too few for the {header.Width} x {header.Height} pixels that the head claims");
        }
    }

    // Entries that the file does not have are opaque black.
    private static Rgba[] ReadPalette(Stream stream, long origin, BmpHeader header)
    {
        var data = new byte[header.PaletteCount * header.PaletteEntryLength];
        stream.Position = origin + header.PaletteOffset;
        int read = stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false);
        if (read < data.Length)
        {
            throw BmpFault.Broken(header.PaletteOffset + read, "the file ends within its palette");
        }

        var colors = new Rgba[256];
        Array.Fill(colors, new Rgba(0, 0, 0));
        for (int i = 0; i < header.PaletteCount; i++)
        {
            var entry = data.AsSpan(i * header.PaletteEntryLength);
            colors[i] = new Rgba(entry[2], entry[1], entry[0]);
        }

        return colors;
    }

    private static void ReadRows(
        Stream stream, BmpHeader header, Rgba[] colors, PixelImage image, List<string> warnings, CancellationToken cancellationToken)
    {
        var converter = new BmpRowConverter(header, colors);
        int stride = (int)header.Stride;
        int rowsPerBand = Math.Clamp(BandLength / stride, 1, header.Height);
        var band = new byte[(long)stride * rowsPerBand];
        bool hasStrayIndex = false;
        for (int first = 0; first < header.Height; first += rowsPerBand)
        {
            int count = Math.Min(rowsPerBand, header.Height - first);
            bool isLast = first + count == header.Height;
            int length = stride * count;
            Fill(stream, band.AsSpan(0, length), isLast ? length - stride + (int)header.RowLength : length, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                var row = band.AsSpan(i * stride, stride);
                int y = header.IsTopDown ? first + i : header.Height - 1 - first - i;
                hasStrayIndex = hasStrayIndex
                    || (header.IsIndexed && PackedRow.ContainsAtLeast(row, header.BitsPerPixel, header.Width, header.PaletteCount));
                converter.Convert(row, image.Row(y));
            }
        }

        if (hasStrayIndex)
        {
            warnings.Add("Some pixels name palette entries that the file does not have; they are black.");
        }
    }

    private static void Fill(Stream stream, Span<byte> band, int need, CancellationToken cancellationToken)
    {
        int done = 0;
        while (done < band.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = stream.Read(band.Slice(done, Math.Min(BandLength, band.Length - done)));
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        if (done < need)
        {
            throw BmpFault.Broken(stream.Position, "the file ends within its pixels");
        }
    }

    private static void ReadRuns(
        Stream stream, BmpHeader header, Rgba[] colors, PixelImage image, List<string> warnings, CancellationToken cancellationToken)
    {
        const int fillLength = 1 << 20;
        for (var pixels = image.Pixels; !pixels.IsEmpty; pixels = pixels[Math.Min(fillLength, pixels.Length)..])
        {
            cancellationToken.ThrowIfCancellationRequested();
            pixels[..Math.Min(fillLength, pixels.Length)].Fill(colors[0]);
        }

        var runs = new BmpRunLength(new BmpByteReader(stream, header.PixelOffset, cancellationToken), header.BitsPerPixel, colors, image);
        runs.Read();
        if (runs.HasOverrun)
        {
            warnings.Add("Some runs of pixels go past the end of their row; they were cut off.");
        }
    }
}
