namespace KMeansPS.PointFiles;

/// <summary>Writes points and labels in any of the formats.</summary>
public static class PointFileWriter
{
    /// <summary>Whether the name of a file ends in one of the formats' extensions: .csv, .tsv or .npy.</summary>
    /// <param name="path">The name.</param>
    public static bool Writes(string path) => Find(path) is not null;

    /// <summary>The format that the name of a file to write asks for by its extension.</summary>
    /// <param name="path">The name.</param>
    /// <exception cref="ArgumentException">It is none of .csv, .tsv and .npy.</exception>
    public static PointFileFormat FormatOf(string path) =>
        Find(path) ?? throw new ArgumentException($"'{path}' must end in .npy, .csv or .tsv to be written.", nameof(path));

    /// <summary>Writes points: in text with a header where their columns have names, in NPY as an array of shape (n, d).</summary>
    /// <param name="stream">Where the file goes; need not be seekable.</param>
    /// <param name="format">The format.</param>
    /// <param name="points">The points. Weights have no place in these formats.</param>
    /// <param name="cancellationToken">Looked at for each megabyte or less.</param>
    public static void Write(Stream stream, PointFileFormat format, PointSet points, CancellationToken cancellationToken = default)
    {
        if (format == PointFileFormat.Npy)
        {
            NpyWriter.Write(stream, points, cancellationToken);
        }
        else
        {
            CsvWriter.Write(stream, points, format == PointFileFormat.Tsv ? '\t' : ',', cancellationToken);
        }
    }

    /// <summary>Writes cluster numbers: in text one a line under the header <c>Cluster</c>, in NPY as int32 of shape (n,).</summary>
    /// <param name="stream">Where the file goes; need not be seekable.</param>
    /// <param name="format">The format.</param>
    /// <param name="labels">One number a point.</param>
    /// <param name="cancellationToken">Looked at for each megabyte or less.</param>
    public static void WriteLabels(Stream stream, PointFileFormat format, ReadOnlySpan<int> labels, CancellationToken cancellationToken = default)
    {
        if (format == PointFileFormat.Npy)
        {
            NpyWriter.WriteLabels(stream, labels, cancellationToken);
        }
        else
        {
            CsvWriter.WriteLabels(stream, labels, cancellationToken);
        }
    }

    private static PointFileFormat? Find(string path) => Path.GetExtension(path)?.ToUpperInvariant() switch
    {
        ".CSV" => PointFileFormat.Csv,
        ".TSV" => PointFileFormat.Tsv,
        ".NPY" => PointFileFormat.Npy,
        _ => null,
    };
}
