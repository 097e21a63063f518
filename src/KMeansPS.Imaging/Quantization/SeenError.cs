using System.Runtime.CompilerServices;
using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// The squared error between a picture's colours and a palette's entries in levels of RGB, summed over pixels and
/// channels, in whatever space the entries were chosen.
/// </summary>
internal sealed class SeenError
{
    private const int ColorsAtOnce = 1 << 14;

    private readonly ColorHistogram _histogram;
    private readonly Palette _palette;
    private readonly bool _opaque;

    // The entries where some colour or entry is not opaque.
    private readonly ColorGeometry _geometry;
    private readonly PointSet<float> _entries;

    private SeenError(ColorHistogram histogram, Palette palette, bool opaque)
    {
        _histogram = histogram;
        _palette = palette;
        _opaque = opaque;
        _geometry = new ColorGeometry(ColorSpace.Rgb, opaque);
        _entries = _geometry.ToPoints(palette.Entries);
    }

    internal static SeenError Between(ColorHistogram histogram, Palette palette, bool opaque) => new(histogram, palette, opaque);

    /// <summary>The error where all pixels of a colour have one entry. That of opaque colours is a whole number.</summary>
    internal double OfColors(byte[] entryOfColor, ParallelOptions parallel)
    {
        var errors = new double[(entryOfColor.Length + ColorsAtOnce - 1) / ColorsAtOnce];
        Parallel.For(0, errors.Length, parallel, part =>
        {
            int start = part * ColorsAtOnce;
            errors[part] = OfSome(_histogram.Colors[start..], _histogram.Counts[start..], entryOfColor.AsSpan(start, Math.Min(ColorsAtOnce, entryOfColor.Length - start)));
        });
        return errors.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double OfSome(ReadOnlySpan<Rgba> colors, ReadOnlySpan<int> counts, ReadOnlySpan<byte> entries)
    {
        Span<float> point = stackalloc float[_geometry.Dimension];
        double error = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            error += counts[i] * Square(colors[i], entries[i], point);
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
            error += Square(row[x], indices[x], point);
        }

        return error;
    }

    // Of opaque colours in whole numbers, which give the same and need no point.
    private double Square(Rgba color, byte entry, Span<float> point)
    {
        if (!_opaque)
        {
            _geometry.ToPoint(color, point);
            return ColorGeometry.SquaredDistance(point, _entries[entry]);
        }

        var other = _palette[entry];
        int red = color.R - other.R;
        int green = color.G - other.G;
        int blue = color.B - other.B;
        return (red * red) + (green * green) + (blue * blue);
    }
}
