using KMeansPS.Imaging.Metadata;

namespace KMeansPS.Imaging;

/// <summary>A picture as a palette and one index a pixel, rows from top to bottom without gaps.</summary>
public sealed class IndexedImage
{
    private readonly byte[] _indices;

    /// <summary>Takes over a palette and the indices into it.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="palette">The colours.</param>
    /// <param name="indices">width x height indices, each below the palette's count; not copied.</param>
    public IndexedImage(int width, int height, Palette palette, byte[] indices)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(palette);
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.Length != (long)width * height)
        {
            throw new ArgumentException($"A picture of {width} x {height} needs {(long)width * height} indices, not {indices.Length}.", nameof(indices));
        }

        if (indices.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(palette.Count - 1)))
        {
            throw new ArgumentException($"An index lies outside the palette of {palette.Count} colours.", nameof(indices));
        }

        Width = width;
        Height = height;
        Palette = palette;
        _indices = indices;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The colours that the indices stand for.</summary>
    public Palette Palette { get; }

    /// <summary>All indices, row by row: width x height entries.</summary>
    public ReadOnlySpan<byte> Indices => _indices;

    /// <summary>The RGB ICC profile to store with the picture, as its bytes; null for none.</summary>
    public byte[]? IccProfile { get; init; }

    /// <summary>What else to store with the picture; null for nothing.</summary>
    public PictureMetadata? Metadata { get; init; }

    /// <summary>One row of indices.</summary>
    /// <param name="y">The row, 0 at the top.</param>
    public ReadOnlySpan<byte> Row(int y) => _indices.AsSpan(checked(y * Width), Width);
}
