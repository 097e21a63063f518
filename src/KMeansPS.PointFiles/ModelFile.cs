using KMeansPS.PointFiles.Json;

namespace KMeansPS.PointFiles;

/// <summary>
/// Models as JSON that a person can read: what the run was and found, then the clusters, one a line. Every number is
/// written so that it is read back to the last bit. The trace of a run is not kept.
/// </summary>
public static class ModelFile
{
    /// <summary>What the member <c>format</c> of such a file says.</summary>
    public const string Format = "KMeansPS model";

    /// <summary>The version that is written, and the newest that is read.</summary>
    public const int Version = 1;

    /// <summary>Writes a model.</summary>
    /// <param name="stream">Where the file goes; need not be seekable.</param>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Looked at for each cluster.</param>
    public static void Write(Stream stream, KMeansModel model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        switch (model)
        {
            case KMeansModel<float> single:
                new ModelWriter(stream, cancellationToken).Write(single);
                break;
            case KMeansModel<double> full:
                new ModelWriter(stream, cancellationToken).Write(full);
                break;
            default:
                throw new ArgumentException($"A model of {model.Centroids.ElementType} cannot be written.", nameof(model));
        }
    }

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Looked at while the file is read and for each cluster.</param>
    /// <exception cref="ModelFileException">The file is no model, of a newer version, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static KMeansModel Read(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(stream, cancellationToken);
    }

    /// <summary>Reads a model from a stream, to its end.</summary>
    /// <param name="stream">The content of a file.</param>
    /// <param name="cancellationToken">Looked at while the stream is read and for each cluster.</param>
    /// <exception cref="ModelFileException">The content is no model, of a newer version, or damaged.</exception>
    public static KMeansModel Read(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelReader.Read(stream, cancellationToken);
    }
}
