namespace KMeansPS.Imaging.Codecs;

/// <summary>
/// Reads one file format. Every fault of a file comes out as one <see cref="ImageFormatException"/>; faults of the
/// stream itself (<see cref="IOException"/> of a disk) pass through.
/// </summary>
public interface IImageDecoder
{
    /// <summary>The name that results and errors give, such as <c>JPEG</c>.</summary>
    string Name { get; }

    /// <summary>Whether a file that starts like this is one for this decoder.</summary>
    /// <param name="header">The first bytes of the file, up to <see cref="ImageReader.HeaderLength"/> of them.</param>
    bool Recognizes(ReadOnlySpan<byte> header);

    /// <summary>Reads the head of a file, and no pixels.</summary>
    /// <param name="stream">A seekable stream at the start of the file.</param>
    /// <param name="cancellationToken">Ends the work with <see cref="OperationCanceledException"/>.</param>
    ImageInfo Identify(Stream stream, CancellationToken cancellationToken);

    /// <summary>Reads the whole picture, upright and in RGBA.</summary>
    /// <param name="stream">A seekable stream at the start of the file.</param>
    /// <param name="options">Limits; held against the head of the file before memory is taken.</param>
    /// <param name="cancellationToken">Looked at at least every 50 ms.</param>
    PixelImage Decode(Stream stream, DecoderOptions options, CancellationToken cancellationToken);
}
