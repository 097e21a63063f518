namespace KMeansPS.Imaging.Codecs;

/// <summary>A picture could not be read: says in which format, where in the file, and what the fault is.</summary>
public sealed class ImageFormatException : Exception
{
    /// <summary>Describes one fault of one file.</summary>
    /// <param name="format">The format's name, such as <c>JPEG</c>.</param>
    /// <param name="fault">Whether the file is broken or of an unsupported kind.</param>
    /// <param name="offset">The byte of the file at which the fault was seen, 0 at the start.</param>
    /// <param name="reason">The fault, in words that end a sentence but carry no full stop.</param>
    /// <param name="innerException">What a library below said, if it did.</param>
    public ImageFormatException(string format, ImageFault fault, long offset, string reason, Exception? innerException = null)
        : base($"{fault} {format} at byte {offset}: {reason}.", innerException)
    {
        Format = format;
        Fault = fault;
        Offset = offset;
        Reason = reason;
    }

    /// <summary>The format's name.</summary>
    public string Format { get; }

    /// <summary>Whether the file is broken or of an unsupported kind.</summary>
    public ImageFault Fault { get; }

    /// <summary>The byte of the file at which the fault was seen.</summary>
    public long Offset { get; }

    /// <summary>The fault alone, without format and place.</summary>
    public string Reason { get; }
}
