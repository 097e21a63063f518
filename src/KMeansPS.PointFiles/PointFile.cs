using System.Text;
using KMeansPS.PointFiles.Delimited;
using KMeansPS.PointFiles.Npy;

namespace KMeansPS.PointFiles;

/// <summary>
/// Reads points from a file: NPY where it starts with the signature of NPY, whatever its name; else text with a comma,
/// a tab or a semicolon between fields, quoted after RFC 4180, in UTF-8 (or UTF-16 with a byte order mark).
/// </summary>
public static class PointFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is read of it, and how.</param>
    /// <param name="cancellationToken">Looked at for each megabyte or less.</param>
    /// <returns>A <see cref="PointSet{T}"/> of float or double.</returns>
    /// <exception cref="PointFileException">The file is damaged, of another kind, or has no good row.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PointSet Read(string path, PointFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Read(stream, options, cancellationToken);
    }

    /// <summary>Reads a stream, which need not be seekable, from where it is.</summary>
    /// <param name="stream">The content of a file.</param>
    /// <param name="options">What is read of it, and how.</param>
    /// <param name="cancellationToken">Looked at for each megabyte or less.</param>
    /// <returns>A <see cref="PointSet{T}"/> of float or double.</returns>
    /// <exception cref="PointFileException">The content is damaged, of another kind, or has no good row.</exception>
    public static PointSet Read(Stream stream, PointFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new PointFileOptions();
        options.Validate();
        var input = new ByteInput(stream, cancellationToken);
        input.Ensure(NpyHeader.Magic.Length);
        if (input.Unread.StartsWith(NpyHeader.Magic))
        {
            var header = NpyHeader.Read(input);
            return (options.Precision ?? header.Element.OwnPrecision()) == PointPrecision.Single
                ? NpyReader.Read<float>(input, header).Named(options).ToPoints(options)
                : NpyReader.Read<double>(input, header).Named(options).ToPoints(options);
        }

        if (Utf16(input.Unread) is { } encoding)
        {
            input = new ByteInput(Encoding.CreateTranscodingStream(input.Rewind(), encoding, Encoding.UTF8), cancellationToken);
        }

        return options.Precision == PointPrecision.Single
            ? new DelimitedReader<float>(input, options).Read().ToPoints(options)
            : new DelimitedReader<double>(input, options).Read().ToPoints(options);
    }

    private static UnicodeEncoding? Utf16(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };
}
