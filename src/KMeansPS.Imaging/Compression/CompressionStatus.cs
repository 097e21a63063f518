namespace KMeansPS.Imaging.Compression;

/// <summary>What became of a picture.</summary>
public enum CompressionStatus
{
    /// <summary>Every pixel got the nearest of K colours.</summary>
    Compressed,

    /// <summary>The picture had no more than K colours, and every pixel kept its own.</summary>
    Lossless,

    /// <summary>Nothing was written: the file would have been larger than its source.</summary>
    LargerThanSource,

    /// <summary>Nothing was written: the picture was made by this encoder before.</summary>
    AlreadyCompressed,

    /// <summary>Nothing was written: no K meets the target for the PSNR or the size.</summary>
    TargetMissed,
}
