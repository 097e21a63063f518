namespace KMeansPS.Imaging.Quantization;

/// <summary>Pixels of some opaque colours, added up.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="Red">Their levels of red.</param>
/// <param name="Green">Of green.</param>
/// <param name="Blue">Of blue.</param>
internal readonly record struct ColorSum(long Count, long Red, long Green, long Blue)
{
    /// <summary>So many pixels of one colour.</summary>
    internal ColorSum(Rgba color, long count)
        : this(count, count * color.R, count * color.G, count * color.B)
    {
    }

    /// <summary>Their mean, and how many they are as a weight.</summary>
    internal void ToMean(Span<float> mean, out double weight)
    {
        weight = Count;
        mean[0] = (float)(Red / weight);
        mean[1] = (float)(Green / weight);
        mean[2] = (float)(Blue / weight);
    }

    /// <summary>All pixels of both.</summary>
    public static ColorSum operator +(ColorSum left, ColorSum right) =>
        new(left.Count + right.Count, left.Red + right.Red, left.Green + right.Green, left.Blue + right.Blue);
}
