namespace KMeansPS.Imaging.Quantization;

/// <summary>Distinct colours and what each of them weighs when a palette is looked for.</summary>
public sealed class WeightedColors
{
    private readonly Rgba[] _colors;
    private readonly double[] _weights;

    internal WeightedColors(Rgba[] colors, double[] weights)
    {
        _colors = colors;
        _weights = weights;
        IsOpaque = Array.TrueForAll(colors, static color => color.A == byte.MaxValue);
    }

    /// <summary>The colours of one picture: each weighs as much as it has pixels.</summary>
    /// <param name="histogram">The picture's colours.</param>
    public static WeightedColors Of(ColorHistogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return histogram.ToWeightedColors();
    }

    /// <summary>How many colours there are.</summary>
    public int Count => _colors.Length;

    /// <summary>Whether every colour is opaque.</summary>
    public bool IsOpaque { get; }

    /// <summary>The colours, each once.</summary>
    public ReadOnlySpan<Rgba> Colors => _colors;

    /// <summary>What each of them weighs, above 0.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>The histogram in which they were counted; null for colours of several pictures.</summary>
    internal ColorHistogram? Histogram { get; init; }

    /// <summary>The weights to lend, not to change.</summary>
    internal double[] WeightArray => _weights;
}
