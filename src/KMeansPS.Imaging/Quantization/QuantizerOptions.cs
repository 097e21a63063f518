namespace KMeansPS.Imaging.Quantization;

/// <summary>How a palette is found.</summary>
public sealed record QuantizerOptions
{
    /// <summary>The most colours that the palette may have, 1 to 256.</summary>
    public int K { get; init; } = 16;

    /// <summary>The clustering of the colours.</summary>
    public KMeansOptions Clustering { get; init; } = new();

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(K, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(K, Palette.MaxCount);
    }
}
