using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>What a caller may say of the writing of PNG files.</summary>
public sealed record PngEncoderOptions
{
    /// <summary>How hard deflate tries.</summary>
    public CompressionLevel CompressionLevel { get; init; } = CompressionLevel.Optimal;
}
