using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>What a caller may say of the writing of PNG files.</summary>
public sealed record PngEncoderOptions
{
    /// <summary>
    /// How much time is spent on fewer bytes; the pixels are the same at each level. <see cref="CompressionLevel.Fastest"/>
    /// looks for copies only a little, <see cref="CompressionLevel.SmallestSize"/> as long as that pays at all.
    /// </summary>
    public CompressionLevel CompressionLevel { get; init; } = CompressionLevel.Optimal;

    /// <summary>How many threads may be taken, or -1, the default, for all processors. The bytes do not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;
}
