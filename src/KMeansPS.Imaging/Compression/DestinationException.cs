namespace KMeansPS.Imaging.Compression;

/// <summary>A file may not be written: says which, and why.</summary>
public sealed class DestinationException : IOException
{
    /// <summary>Describes one refusal.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="destination">The full path.</param>
    /// <param name="message">A sentence that says what is wrong and what to do.</param>
    public DestinationException(DestinationFault fault, string destination, string message)
        : base(message)
    {
        Fault = fault;
        Destination = destination;
    }

    /// <summary>Why.</summary>
    public DestinationFault Fault { get; }

    /// <summary>The full path that may not be written.</summary>
    public string Destination { get; }
}
