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
    private readonly PointSet<float> _colors;
    private readonly PointSet<float> _entries;

    private SeenError(ColorHistogram histogram, PointSet<float> colors, PointSet<float> entries)
    {
        _histogram = histogram;
        _colors = colors;
        _entries = entries;
    }

    internal static SeenError Between(ColorHistogram histogram, Palette palette, bool opaque)
    {
        var geometry = new ColorGeometry(ColorSpace.Rgb, opaque);
        return new SeenError(histogram, geometry.ToPoints(histogram.Colors), geometry.ToPoints(palette.Entries));
    }

    /// <summary>The error where all pixels of a colour have one entry.</summary>
    internal double OfColors(ReadOnlySpan<byte> entryOfColor)
    {
        double error = 0;
        for (int i = 0; i < entryOfColor.Length; i++)
        {
            error += _histogram.Counts[i] * ColorGeometry.SquaredDistance(_colors[i], _entries[entryOfColor[i]]);
        }

        return error;
    }

    /// <summary>The error where each pixel has an entry of its own. Rows are summed for themselves, then in their order.</summary>
    internal double OfPixels(PixelImage image, byte[] indices, ParallelOptions parallel)
    {
        int width = image.Width;
        var errors = new double[image.Height];
        Parallel.For(0, image.Height, parallel, () => new int[width], (y, _, numbers) =>
        {
            _histogram.NumberRow(image.Row(y), numbers);
            errors[y] = OfRow(numbers, indices.AsSpan(y * width, width));
            return numbers;
        }, _ => { });
        return errors.Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double OfRow(ReadOnlySpan<int> numbers, ReadOnlySpan<byte> indices)
    {
        double error = 0;
        for (int x = 0; x < numbers.Length; x++)
        {
            error += ColorGeometry.SquaredDistance(_colors[numbers[x]], _entries[indices[x]]);
        }

        return error;
    }
}
