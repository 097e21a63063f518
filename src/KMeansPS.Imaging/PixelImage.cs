using KMeansPS.Imaging.Metadata;

namespace KMeansPS.Imaging;

/// <summary>A picture in memory: RGBA, 8 bits a channel, rows from top to bottom without gaps.</summary>
public sealed class PixelImage
{
    private readonly Rgba[] _pixels;

    /// <summary>Makes a picture whose pixels are not set yet: the caller writes every one of them.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1; width x height is at most <see cref="Array.MaxLength"/>.</param>
    public PixelImage(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, Array.MaxLength, nameof(height));
        Width = width;
        Height = height;
        _pixels = GC.AllocateUninitializedArray<Rgba>(width * height);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>All pixels, row by row: width x height entries.</summary>
    public Span<Rgba> Pixels => _pixels;

    /// <summary>The same pixels for code that shares them between threads.</summary>
    public Memory<Rgba> PixelMemory => _pixels;

    /// <summary>The RGB ICC profile that came with the picture, as its bytes; null where there was none.</summary>
    public byte[]? IccProfile { get; init; }

    /// <summary>What else the file said, where it was asked for by <see cref="Codecs.DecoderOptions.KeepMetadata"/>; else null.</summary>
    public PictureMetadata? Metadata { get; set; }

    /// <summary>What a person should know of the reading of this picture, such as a profile that had to be dropped.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>One row of pixels.</summary>
    /// <param name="y">The row, 0 at the top.</param>
    public Span<Rgba> Row(int y) => _pixels.AsSpan(checked(y * Width), Width);
}
