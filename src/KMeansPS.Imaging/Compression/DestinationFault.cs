namespace KMeansPS.Imaging.Compression;

/// <summary>Why a file may not be written.</summary>
public enum DestinationFault
{
    /// <summary>There is a file already, and nobody said that it may be replaced.</summary>
    Exists,

    /// <summary>The file is a source of this run.</summary>
    IsSource,

    /// <summary>The source is a file that this run has written.</summary>
    IsResult,

    /// <summary>Another source of this run went there already.</summary>
    Shared,

    /// <summary>There is a folder of that name.</summary>
    IsFolder,

    /// <summary>The source does not lie below the folder to which results are relative.</summary>
    OutsideRoot,
}
