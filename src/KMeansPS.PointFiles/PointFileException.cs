namespace KMeansPS.PointFiles;

/// <summary>A file could not be read as points: says where in the file, and what the fault is.</summary>
public sealed class PointFileException : Exception
{
    /// <summary>Describes one fault of one file.</summary>
    /// <param name="message">A sentence that names the fault and what to do, and not the file, which the caller knows.</param>
    /// <param name="offset">The byte of the file at which the fault was seen, 0 at the start; null where it has no one place.</param>
    public PointFileException(string message, long? offset = null)
        : base(message) => Offset = offset;

    /// <summary>The byte of the file at which the fault was seen, 0 at the start; null where it has no one place.</summary>
    public long? Offset { get; }
}
