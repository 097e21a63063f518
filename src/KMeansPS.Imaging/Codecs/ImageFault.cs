namespace KMeansPS.Imaging.Codecs;

/// <summary>Why a picture could not be read.</summary>
public enum ImageFault
{
    /// <summary>The file is damaged: truncated, or against the rules of its format.</summary>
    Broken,

    /// <summary>The file may be sound, but is of a kind that this decoder does not read, or larger than the limit allows.</summary>
    Unsupported,
}
