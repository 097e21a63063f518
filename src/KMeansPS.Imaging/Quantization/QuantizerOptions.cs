using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Dithering;

namespace KMeansPS.Imaging.Quantization;

/// <summary>How a palette is found.</summary>
public sealed record QuantizerOptions
{
    /// <summary>The most colours that the palette may have, 1 to 256.</summary>
    public int K { get; init; } = 16;

    /// <summary>The clustering of the colours.</summary>
    public KMeansOptions Clustering { get; init; } = new();

    /// <summary>Where colours are clustered, matched and dithered. The palette has 8 bits a channel of sRGB in any case.</summary>
    public ColorSpace ColorSpace { get; init; } = ColorSpace.Rgb;

    /// <summary>How pixels are dithered. A picture that loses nothing never is.</summary>
    public DitheringMethod Dithering { get; init; } = DitheringMethod.None;

    /// <summary>How much is dithered, 0 (not at all) to 1.</summary>
    public double DitheringStrength { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(K, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(K, Palette.MaxCount);
        if (!Enum.IsDefined(ColorSpace))
        {
            throw new ArgumentOutOfRangeException(nameof(ColorSpace), ColorSpace, "There is no such colour space.");
        }

        if (!Enum.IsDefined(Dithering))
        {
            throw new ArgumentOutOfRangeException(nameof(Dithering), Dithering, "There is no such way of dithering.");
        }

        if (!(DitheringStrength is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(DitheringStrength), DitheringStrength, "The strength of dithering is 0 to 1.");
        }
    }
}
