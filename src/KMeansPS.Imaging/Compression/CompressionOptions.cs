using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Compression;

/// <summary>What is asked of a compression.</summary>
public sealed record CompressionOptions
{
    /// <summary>How the palette is found. With a target its K is the most colours that may be taken.</summary>
    public QuantizerOptions Quantizer { get; init; } = new();

    /// <summary>
    /// The least PSNR in decibels, above 0: the fewest colours that reach it are taken. PSNR mostly rises with K, and not
    /// always; what is taken is a K that reaches the target while none of the three below it does.
    /// </summary>
    public double? TargetPsnr { get; init; }

    /// <summary>
    /// The most bytes that the file may have, at least 1: as many colours are taken as fit, or with
    /// <see cref="TargetPsnr"/> the fewest that reach that. Of the K taken none of the three above it fits.
    /// </summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether a result that is larger than its source is written all the same.</summary>
    public bool AllowLarger { get; init; }

    /// <summary>Whether pictures that were made by this encoder before are compressed once more.</summary>
    public bool Recompress { get; init; }

    /// <summary>Limits on what is read.</summary>
    public DecoderOptions Decoding { get; init; } = new();

    /// <summary>Whether K has to be looked for.</summary>
    internal bool HasTarget => TargetPsnr is not null || MaxBytes is not null;

    internal void Validate()
    {
        Quantizer.Validate();
        if (TargetPsnr is { } decibels && !(decibels > 0 && double.IsFinite(decibels)))
        {
            throw new ArgumentOutOfRangeException(nameof(TargetPsnr), decibels, "A target for the PSNR is a finite number of decibels above 0.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes ?? 1, 1, nameof(MaxBytes));
        if (HasTarget && Quantizer.Palette is not null)
        {
            throw new ArgumentException("A given or shared palette has as many colours as it has: no other K can be looked for to reach a PSNR or a size.", nameof(Quantizer));
        }
    }
}
