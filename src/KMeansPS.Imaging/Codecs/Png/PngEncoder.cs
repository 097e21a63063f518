using KMeansPS.Imaging.Codecs.Deflate;
using KMeansPS.Imaging.Codecs.Rows;
using KMeansPS.Imaging.Metadata;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// Writes PNG files (W3C PNG, third edition 2025): pictures with a palette at 1, 2, 4 or 8 bits a pixel, whichever is
/// the least that holds the palette, its entries in the order and the rows with the filter that compress best; true
/// colour at 8 bits a sample, without alpha where all pixels are opaque, with a filter chosen for each row. The same
/// picture gives the same bytes everywhere, for any number of threads.
/// </summary>
/// <param name="options">How to write; null for the defaults.</param>
public sealed class PngEncoder(PngEncoderOptions? options = null) : IImageEncoder
{
    private readonly PngEncoderOptions _options = options ?? new PngEncoderOptions();

    /// <inheritdoc/>
    public string Name => PngDecoder.FormatName;

    /// <inheritdoc/>
    public string FileExtension => ".png";

    /// <inheritdoc/>
    public void Encode(IndexedImage image, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        var parallel = Parallel(cancellationToken);
        var layout = IndexedLayout.Choose(image, _options.CompressionLevel, parallel);
        var header = new PngHeader(image.Width, image.Height, layout.Rows.BitDepth, PngColorType.IndexedColour, IsInterlaced: false);
        var chunks = new PngChunkWriter(stream);
        WriteHead(chunks, header, image.IccProfile, cancellationToken);
        PngMark.Write(chunks);
        PngMetadataChunks.Write(image.Metadata ?? new PictureMetadata(), chunks);
        WritePalette(chunks, layout.Palette);
        WriteRows(chunks, layout.Rows, layout.Filters, parallel);
        chunks.Write(PngChunk.Iend, []);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A row has more than 536 million pixels.</exception>
    public void Encode(PixelImage image, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        if (image.Width > Array.MaxLength / 4)
        {
            throw new ArgumentException($"A row of {image.Width} pixels is longer than this encoder holds.", nameof(image));
        }

        bool isOpaque = IsOpaque(image, cancellationToken);
        var type = isOpaque ? PngColorType.Truecolour : PngColorType.TruecolourWithAlpha;
        var header = new PngHeader(image.Width, image.Height, 8, type, IsInterlaced: false);
        var chunks = new PngChunkWriter(stream);
        WriteHead(chunks, header, image.IccProfile, cancellationToken);
        PngMetadataChunks.Write(image.Metadata ?? new PictureMetadata(), chunks);
        var parallel = Parallel(cancellationToken);
        var rows = new ColorRows(image, isOpaque);
        WriteRows(chunks, rows, PngFilterChooser.Choose(rows, parallel), parallel);
        chunks.Write(PngChunk.Iend, []);
    }

    private void WriteHead(PngChunkWriter chunks, PngHeader header, byte[]? profile, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        chunks.WriteSignature();
        Span<byte> data = stackalloc byte[PngHeader.Length];
        header.Write(data);
        chunks.Write(PngChunk.Ihdr, data);
        if (profile is { Length: > 0 })
        {
            chunks.Write(PngChunk.Iccp, PngIccProfile.ToChunk(profile, _options.CompressionLevel, Parallel(cancellationToken)));
        }
    }

    private static void WritePalette(PngChunkWriter chunks, Palette palette)
    {
        Span<byte> colors = stackalloc byte[3 * palette.Count];
        RgbRow.Pack(palette.Entries, colors);
        chunks.Write(PngChunk.Plte, colors);

        // tRNS ends with the last entry that is not opaque.
        Span<byte> alphas = stackalloc byte[palette.Count];
        int count = 0;
        for (int i = 0; i < alphas.Length; i++)
        {
            alphas[i] = palette[i].A;
            count = alphas[i] < 255 ? i + 1 : count;
        }

        if (count > 0)
        {
            chunks.Write(PngChunk.Trns, alphas[..count]);
        }
    }

    private void WriteRows(PngChunkWriter chunks, IPackedRows rows, PngFilterType[] filters, ParallelOptions parallel)
    {
        using var idat = new IdatChunkStream(chunks);
        new ZlibWriter(new FilteredRows(rows, filters), _options.CompressionLevel, parallel).Write(idat);
        idat.Finish();
    }

    // No scheduler of its own but the caller's: several pictures may share their threads.
    private ParallelOptions Parallel(CancellationToken cancellationToken) =>
        new() { TaskScheduler = null, MaxDegreeOfParallelism = _options.MaxDegreeOfParallelism, CancellationToken = cancellationToken };

    private static bool IsOpaque(PixelImage image, CancellationToken cancellationToken)
    {
        for (int y = 0; y < image.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var pixel in image.Row(y))
            {
                if (pixel.A != 255)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
