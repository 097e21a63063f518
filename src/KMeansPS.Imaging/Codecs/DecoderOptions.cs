namespace KMeansPS.Imaging.Codecs;

/// <summary>What a caller may say of the reading of a picture.</summary>
public sealed record DecoderOptions
{
    /// <summary>The limit on pixels where nobody says otherwise: one gigapixel.</summary>
    public const long DefaultMaxPixels = 1L << 30;

    /// <summary>A picture with more pixels than this is refused as unsupported before memory is taken for it.</summary>
    public long MaxPixels { get; init; } = DefaultMaxPixels;

    /// <summary>Whether EXIF, XMP, density and texts are read with the picture; see <see cref="PixelImage.Metadata"/>.</summary>
    public bool KeepMetadata { get; init; }
}
