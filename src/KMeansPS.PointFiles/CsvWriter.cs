using System.Globalization;
using System.Numerics;
using System.Text;

namespace KMeansPS.PointFiles;

/// <summary>Writes text with one point a line, in UTF-8 without a byte order mark, each number as short as it can be read back.</summary>
public static class CsvWriter
{
    private const int FlushBytes = 1 << 16;

    /// <summary>Writes points, with a header where their columns have names.</summary>
    /// <param name="stream">Where the text goes; need not be seekable.</param>
    /// <param name="points">The points. Weights have no place in the format.</param>
    /// <param name="delimiter">The sign between fields, an ASCII one.</param>
    /// <param name="cancellationToken">Looked at for each line.</param>
    public static void Write(Stream stream, PointSet points, char delimiter = ',', CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(points);
        if (points.ColumnName.Count > 0)
        {
            stream.Write(Encoding.UTF8.GetBytes(string.Join(delimiter, points.ColumnName.Select(name => Quoted(name, delimiter))) + "\n"));
        }

        switch (points)
        {
            case PointSet<float> single:
                Write(stream, single.Values, single.Dimension, delimiter, cancellationToken);
                break;
            case PointSet<double> full:
                Write(stream, full.Values, full.Dimension, delimiter, cancellationToken);
                break;
            default:
                throw new ArgumentException($"Points of {points.ElementType} cannot be written.", nameof(points));
        }
    }

    /// <summary>Writes cluster numbers, one a line, under the header <c>Cluster</c>.</summary>
    /// <param name="stream">Where the text goes; need not be seekable.</param>
    /// <param name="labels">One number a point.</param>
    /// <param name="cancellationToken">Looked at for each line.</param>
    public static void WriteLabels(Stream stream, ReadOnlySpan<int> labels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write("Cluster\n"u8);
        Write(stream, labels, 1, ',', cancellationToken);
    }

    private static void Write<T>(Stream stream, ReadOnlySpan<T> values, int dimension, char delimiter, CancellationToken cancellationToken)
        where T : unmanaged, IUtf8SpanFormattable
    {
        const int LongestNumber = 32;
        var buffer = new byte[FlushBytes];
        int length = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (length > FlushBytes - LongestNumber)
            {
                cancellationToken.ThrowIfCancellationRequested();
                stream.Write(buffer, 0, length);
                length = 0;
            }

            values[i].TryFormat(buffer.AsSpan(length), out int written, default, CultureInfo.InvariantCulture);
            length += written;
            buffer[length++] = (i + 1) % dimension == 0 ? (byte)'\n' : (byte)delimiter;
        }

        stream.Write(buffer, 0, length);
    }

    private static string Quoted(string name, char delimiter) =>
        name.AsSpan().IndexOfAny(['"', '\n', '\r', delimiter]) >= 0 || name != name.Trim()
            ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : name;
}
