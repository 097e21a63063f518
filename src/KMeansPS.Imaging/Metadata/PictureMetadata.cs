namespace KMeansPS.Imaging.Metadata;

/// <summary>What a file says of its picture beside the pixels and their colour profile.</summary>
public sealed record PictureMetadata
{
    /// <summary>
    /// The EXIF data: the TIFF structure without a head of the file format; null for none. Since pixels are always turned
    /// upright, its orientation is 1.
    /// </summary>
    public byte[]? Exif { get; init; }

    /// <summary>The XMP packet in UTF-8; null for none.</summary>
    public byte[]? Xmp { get; init; }

    /// <summary>How large pixels are in print; null where the file does not say it.</summary>
    public PixelDensity? Density { get; init; }

    /// <summary>Comments and other texts.</summary>
    public IReadOnlyList<PictureText> Texts { get; init; } = [];
}
