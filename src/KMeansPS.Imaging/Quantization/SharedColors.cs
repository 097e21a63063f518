namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// The colours of several pictures that are to have one palette. Each picture counts for the same, whatever its size: an
/// icon means as much to the one who looks at it as the photograph beside it, and the palette has the least mean of the
/// pictures' mean squared errors.
/// </summary>
public sealed class SharedColors
{
    private readonly Dictionary<Rgba, double> _shareOfColor = [];

    /// <summary>How many pictures were added.</summary>
    public int PictureCount { get; private set; }

    /// <summary>Adds the colours of a picture. The sums follow the order of the pictures.</summary>
    /// <param name="histogram">The picture's colours.</param>
    public void Add(ColorHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        PictureCount++;
        for (int i = 0; i < histogram.Count; i++)
        {
            _shareOfColor[histogram.Colors[i]] =
                _shareOfColor.GetValueOrDefault(histogram.Colors[i]) + ((double)histogram.Counts[i] / histogram.PixelCount);
        }
    }

    /// <summary>All colours, in an order that depends on nothing but the colours.</summary>
    public WeightedColors ToWeightedColors()
    {
        var colors = _shareOfColor.Keys.ToArray();
        Array.Sort(colors);
        return new WeightedColors(colors, Array.ConvertAll(colors, color => _shareOfColor[color]));
    }
}
