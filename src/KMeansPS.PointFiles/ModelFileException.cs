namespace KMeansPS.PointFiles;

/// <summary>A file could not be read as a model: says what the fault is, and where.</summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Describes one fault of one file.</summary>
    /// <param name="fault">The kind of fault.</param>
    /// <param name="message">A sentence that names the fault and what to do, and not the file, which the caller knows.</param>
    public ModelFileException(ModelFileFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>The kind of fault.</summary>
    public ModelFileFault Fault { get; }
}
