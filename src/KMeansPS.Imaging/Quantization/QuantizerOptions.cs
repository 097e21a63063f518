using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Dithering;

namespace KMeansPS.Imaging.Quantization;

/// <summary>How a palette is found.</summary>
public sealed record QuantizerOptions
{
    /// <summary>The most colours that the palette may have, 1 to 256.</summary>
    public int K { get; init; } = 16;

    /// <summary>
    /// The tolerance of the clustering where nobody says otherwise: far below that for points, since colours stop at about
    /// the same optimum from everywhere, and the last rounds, which cost little, are what one palette has over another.
    /// </summary>
    public const double DefaultTolerance = 3e-8;

    /// <summary>
    /// The clustering of the colours; its effort is chosen by <see cref="Effort"/>. The tolerance is that for each entry:
    /// the sum of the squared moves of all may be K times as much.
    /// </summary>
    public KMeansOptions Clustering { get; init; } = new() { Tolerance = DefaultTolerance };

    /// <summary>How much is done to find a good palette.</summary>
    public QuantizerEffort Effort { get; init; } = QuantizerEffort.Balanced;

    /// <summary>The palette, where it is given: nothing is clustered, and it is kept as it is, with entries that no pixel has.</summary>
    public Palette? Palette { get; init; }

    /// <summary>
    /// Entries that the palette has in any case, at most K of them. As fixed centroids they never move, yet take the
    /// pixels that are nearest to them; the others are found around them.
    /// </summary>
    public Palette? FixedColors { get; init; }

    /// <summary>
    /// Whether colours that few pixels have and no entry comes near get an entry of their own: those of at least 0.02
    /// percent of the pixels that lie 64 levels or more from all entries, at most one for each eight entries.
    /// </summary>
    public bool KeepRareColors { get; init; }

    /// <summary>Where colours are clustered, matched and dithered. The palette has 8 bits a channel of sRGB in any case.</summary>
    public ColorSpace ColorSpace { get; init; } = ColorSpace.Rgb;

    /// <summary>
    /// How pixels are dithered. A picture that loses nothing never is. Which entries are near is then decided with more
    /// weight on lightness than on hue, whose grain the eye does not see.
    /// </summary>
    public DitheringMethod Dithering { get; init; } = DitheringMethod.None;

    /// <summary>How much is dithered, 0 (not at all) to 1.</summary>
    public double DitheringStrength { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(K, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(K, Imaging.Palette.MaxCount);
        if (FixedColors?.Count > K)
        {
            throw new ArgumentException($"{FixedColors.Count} colours are fixed, but K is {K}: fix at most K colours, or raise K.", nameof(FixedColors));
        }

        if (Palette is not null && (FixedColors is not null || KeepRareColors))
        {
            throw new ArgumentException("A given palette is taken as it is: no colour of it can be fixed or kept besides.", nameof(Palette));
        }

        if (!Enum.IsDefined(Effort))
        {
            throw new ArgumentOutOfRangeException(nameof(Effort), Effort, "There is no such effort.");
        }

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
