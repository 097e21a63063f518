using System.Runtime.CompilerServices;
using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// The squared error between a picture's colours and a palette's entries in levels of RGB, summed over pixels and
/// channels, in whatever space the entries were chosen.
/// </summary>
internal sealed class SeenError
{
    private readonly ColorHistogram _histogram;
    private readonly ColorGeometry _geometry;
    private readonly PointSet<float> _entries;

    private SeenError(ColorHistogram histogram, ColorGeometry geometry, PointSet<float> entries)
    {
        _histogram = histogram;
        _geometry = geometry;
        _entries = entries;
    }

    internal static SeenError Between(ColorHistogram histogram, Palette palette, bool opaque)
    {
        var geometry = new ColorGeometry(ColorSpace.Rgb, opaque);
        return new SeenError(histogram, geometry, geometry.ToPoints(palette.Entries));
    }

    /// <summary>The error where all pixels of a colour have one entry.</summary>
    internal double OfColors(ReadOnlySpan<byte> entryOfColor)
    {
        Span<float> point = stackalloc float[_geometry.Dimension];
        double error = 0;
        for (int i = 0; i < entryOfColor.Length; i++)
        {
            _geometry.ToPoint(_histogram.Colors[i], point);
            error += _histogram.Counts[i] * ColorGeometry.SquaredDistance(point, _entries[entryOfColor[i]]);
        }

        return error;
    }

    /// <summary>The error where each pixel has an entry of its own. Rows are summed for themselves, then in their order.</summary>
    internal double OfPixels(PixelImage image, byte[] indices, ParallelOptions parallel)
    {
        int width = image.Width;
        var errors = new double[image.Height];
        Parallel.For(0, image.Height, parallel, y => errors[y] = OfRow(image.Row(y), indices.AsSpan(y * width, width)));
        return errors.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double OfRow(ReadOnlySpan<Rgba> row, ReadOnlySpan<byte> indices)
    {
        Span<float> point = stackalloc float[_geometry.Dimension];
        double error = 0;
        for (int x = 0; x < row.Length; x++)
        {
            _geometry.ToPoint(row[x], point);
            error += ColorGeometry.SquaredDistance(point, _entries[indices[x]]);
        }

        return error;
    }
}
