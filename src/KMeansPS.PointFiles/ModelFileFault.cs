namespace KMeansPS.PointFiles;

/// <summary>Why a file could not be read as a model.</summary>
public enum ModelFileFault
{
    /// <summary>The file is none of a model of KMeansPS.</summary>
    Foreign,

    /// <summary>The file is of a version that is newer than this program.</summary>
    Newer,

    /// <summary>The file is damaged: cut off, without something that belongs to a model, or at odds with itself.</summary>
    Broken,
}
