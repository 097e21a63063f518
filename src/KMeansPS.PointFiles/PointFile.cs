using System.Diagnostics.CodeAnalysis;
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
        using var stream = OpenFile(path);
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
        if (IsNpy(input))
        {
            var header = NpyHeader.Read(input);
            return (options.Precision ?? header.Element.OwnPrecision()) == PointPrecision.Single
                ? NpyReader.Read<float>(input, header).Named(options).ToPoints(options)
                : NpyReader.Read<double>(input, header).Named(options).ToPoints(options);
        }

        input = AsUtf8(input, cancellationToken);
        return options.Precision == PointPrecision.Single
            ? new DelimitedReader<float>(input, options).Read().ToPoints(options)
            : new DelimitedReader<double>(input, options).Read().ToPoints(options);
    }

    /// <summary>
    /// Opens a file that is read batch by batch and never held as a whole, of any length: each pass opens it anew. Only
    /// its head is read now.
    /// </summary>
    /// <param name="path">The file; no pipe, which cannot be read twice.</param>
    /// <param name="options">What is read of it, and how; who hears of faults is said by the one who reads.</param>
    /// <param name="cancellationToken">Looked at for each megabyte or less.</param>
    /// <returns>A <see cref="PointSource{T}"/> of float or double.</returns>
    /// <exception cref="PointFileException">The file is damaged or of another kind.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PointSource OpenSource(string path, PointFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PointFileOptions();
        options.Validate();
        using var stream = OpenFile(path);
        if (!stream.CanSeek)
        {
            throw new PointFileException("A pipe cannot be streamed, since it cannot be read twice: name a file.");
        }

        var input = new ByteInput(stream, cancellationToken);
        if (IsNpy(input))
        {
            var header = NpyHeader.Read(input);
            return (options.Precision ?? header.Element.OwnPrecision()) == PointPrecision.Single
                ? NpySource<float>.Of(path, header, options)
                : NpySource<double>.Of(path, header, options);
        }

        input = AsUtf8(input, cancellationToken);
        return options.Precision == PointPrecision.Single
            ? DelimitedSource<float>.Of(path, input, options)
            : DelimitedSource<double>.Of(path, input, options);
    }

    /// <summary>
    /// Maps an NPY file into memory, so that its points are used where they are in the file and never copied. That goes
    /// for arrays of little-endian float32 or float64, row after row, of up to 2^31 values; a larger one is streamed.
    /// </summary>
    /// <param name="path">The file. It must stay as it is as long as it is mapped: where another program cuts it short, the operating system ends this process.</param>
    /// <param name="options">The precision, where one is asked for, and names for the columns.</param>
    /// <param name="points">The points; null where the file cannot be mapped.</param>
    /// <param name="obstacle">Why the file cannot be mapped, for the end of a sentence; null where it is.</param>
    /// <param name="cancellationToken">Looked at for each megabyte or less.</param>
    /// <returns>Whether the file is mapped.</returns>
    /// <exception cref="PointFileException">The file is damaged, or has values that are not finite or too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool TryMap(
        string path,
        PointFileOptions? options,
        [NotNullWhen(true)] out MappedPoints? points,
        [NotNullWhen(false)] out string? obstacle,
        CancellationToken cancellationToken = default)
    {
        options ??= new PointFileOptions();
        options.Validate();
        using var stream = OpenFile(path);
        var input = new ByteInput(stream, cancellationToken);
        var header = IsNpy(input) && stream.CanSeek ? NpyHeader.Read(input) : null;
        obstacle = header is null ? "only NPY files are" : options.Weight is not null ? "the weights are a column among the points" : NpyMap.ObstacleTo(header, options);
        points = obstacle is not null ? null
            : header!.Element.Size == sizeof(float) ? NpyMap.Map<float>(stream, header, options, cancellationToken)
            : NpyMap.Map<double>(stream, header, options, cancellationToken);
        return points is not null;
    }

    internal static FileStream OpenFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    }

    /// <summary>The text in UTF-8, whatever of the encodings that are read it is in.</summary>
    internal static ByteInput AsUtf8(ByteInput input, CancellationToken cancellationToken)
    {
        input.Ensure(2);
        return Utf16(input.Unread) is { } encoding
            ? new ByteInput(Encoding.CreateTranscodingStream(input.Rewind(), encoding, Encoding.UTF8), cancellationToken)
            : input;
    }

    private static bool IsNpy(ByteInput input)
    {
        input.Ensure(NpyHeader.Magic.Length);
        return input.Unread.StartsWith(NpyHeader.Magic);
    }

    private static UnicodeEncoding? Utf16(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };
}
