namespace KMeansPS.Imaging.Compression;

/// <summary>What became of a picture.</summary>
public enum CompressionStatus
{
    /// <summary>Every pixel got the nearest of K colours.</summary>
    Compressed,

    /// <summary>The picture had no more than K colours, and every pixel kept its own.</summary>
    Lossless,
}
