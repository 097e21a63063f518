namespace KMeansPS.Imaging.Codecs;

/// <summary>Writes one file format.</summary>
public interface IImageEncoder
{
    /// <summary>The format's name, such as <c>PNG</c>.</summary>
    string Name { get; }

    /// <summary>The usual ending of a file name, with its dot.</summary>
    string FileExtension { get; }

    /// <summary>Writes a picture with a palette.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="stream">Where the file goes; need not be seekable.</param>
    /// <param name="cancellationToken">Looked at at least every 50 ms.</param>
    void Encode(IndexedImage image, Stream stream, CancellationToken cancellationToken);

    /// <summary>Writes a picture in true colour.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="stream">Where the file goes; need not be seekable.</param>
    /// <param name="cancellationToken">Looked at at least every 50 ms.</param>
    void Encode(PixelImage image, Stream stream, CancellationToken cancellationToken);
}
