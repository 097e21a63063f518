namespace KMeansPS.PointFiles;

/// <summary>The formats that points and labels are written in.</summary>
public enum PointFileFormat
{
    /// <summary>Text with commas between the fields.</summary>
    Csv,

    /// <summary>Text with tabs between the fields.</summary>
    Tsv,

    /// <summary>NumPy's binary format.</summary>
    Npy,
}
