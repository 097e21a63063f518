using System.Globalization;
using System.Numerics;
using System.Text;

namespace KMeansPS.PointFiles.Delimited;

/// <summary>Reads text with one point a record.</summary>
/// <param name="input">The text, in UTF-8.</param>
/// <param name="options">What the caller says of it.</param>
internal sealed class DelimitedReader<T>(ByteInput input, PointFileOptions options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Enough that a column whose first values are missing is still known to be one of numbers.
    private const int SampleRecords = 64;

    private readonly RecordReader _records = new(input) { Delimiter = options.DelimiterByte };
    private readonly long? _length = input.Remaining;
    private Queue<(byte[] Bytes, long Line, bool IsUnclosed)> _sample = null!;
    private byte _delimiter;
    private double _bytesOfRow;

    /// <summary>What the first records tell, once <see cref="Begin"/> has read them.</summary>
    internal TextLayout Layout { get; private set; } = null!;

    /// <summary>The line at which the row that was read last starts, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>Reads all records.</summary>
    internal PointTable<T> Read()
    {
        Begin();
        var rows = new RowBuffer<T>(Layout.Dimension);
        var lines = new RowLines("Line");
        while (TryReadRow(rows.Next((_length ?? 0) / _bytesOfRow)))
        {
            lines.Add(rows.Count, Line);
            rows.Keep();
            _bytesOfRow = _sample.Count > 0 ? _bytesOfRow : _records.Offset / (double)(rows.Count + 1);
        }

        return rows.Count == 0
            ? throw new PointFileException("No row can be used as a point.")
            : new PointTable<T>(rows.Values, Layout.Dimension, Layout.TargetName(), lines);
    }

    /// <summary>Looks at the first records and finds out what the columns are.</summary>
    internal void Begin()
    {
        var sample = ReadSample();
        Layout = TextLayout.Of([.. sample.Select(record => FieldCursor.Split(record.Bytes, _delimiter))], options, _delimiter);
        _bytesOfRow = sample.Sum(record => record.Bytes.Length + 1L) / (double)sample.Count;
        _sample = new Queue<(byte[] Bytes, long Line, bool IsUnclosed)>(sample.Skip(Layout.HasHeader ? 1 : 0));
    }

    /// <summary>Reads the next row that can be used; the others are reported.</summary>
    /// <param name="row">Where its values go; they are of no use where there is no more row.</param>
    internal bool TryReadRow(Span<T> row)
    {
        while (_sample.TryDequeue(out var record))
        {
            Line = record.Line;
            if (TryParse(record.Bytes, record.IsUnclosed, row))
            {
                return true;
            }
        }

        while (_records.TryRead(out var record))
        {
            Line = _records.Line;
            if (TryParse(record, _records.IsUnclosed, row))
            {
                return true;
            }
        }

        return false;
    }

    private List<(byte[] Bytes, long Line, bool IsUnclosed)> ReadSample()
    {
        input.Ensure(1 << 12);
        if (input.Unread.StartsWith(Encoding.UTF8.Preamble))
        {
            input.Advance(Encoding.UTF8.Preamble.Length);
        }

        ThrowIfBinary(input.Unread);
        var sample = new List<(byte[] Bytes, long Line, bool IsUnclosed)>();
        while (sample.Count < SampleRecords && _records.TryRead(out var record))
        {
            // Windows PowerShell starts a file with the type of its objects.
            if (sample.Count == 0 && record.StartsWith("#TYPE "u8))
            {
                continue;
            }

            _delimiter = _records.Delimiter ?? TextLayout.GuessDelimiter(record);
            _records.Delimiter = _delimiter;

            sample.Add((record.ToArray(), _records.Line, _records.IsUnclosed));
        }

        return sample.Count > 0 ? sample : throw new PointFileException("The file is empty.", 0);
    }

    private static void ThrowIfBinary(ReadOnlySpan<byte> start)
    {
        int nul = start.IndexOf((byte)0);
        if (nul >= 0)
        {
            throw new PointFileException($"The file is neither NPY nor text: there is a zero at byte {nul}.", nul);
        }
    }

    private bool TryParse(ReadOnlySpan<byte> record, bool unclosed, Span<T> row)
    {
        if (!unclosed)
        {
            return TryParse(record, row);
        }

        Report(null, "a quote is opened and never closed");
        return false;
    }

    // One pass over the bytes of the record; nothing is allocated.
    private bool TryParse(ReadOnlySpan<byte> record, Span<T> row)
    {
        var target = Layout.Target;
        byte delimiter = _delimiter;
        var cursor = new FieldCursor(record, delimiter);
        for (int field = 0; field < target.Length; field++)
        {
            if (cursor.IsAtEnd)
            {
                Report(null, string.Create(CultureInfo.InvariantCulture, $"{field} field{(field == 1 ? "" : "s")} where {target.Length} are expected"));
                return false;
            }

            if (target[field] < 0)
            {
                cursor.Next();
                continue;
            }

            int start = cursor.Position;
            int length = NumberText.ReadShort(record[start..], out row[target[field]]);
            int end = start + length;
            if (length > 0 && (end == record.Length || record[end] == delimiter))
            {
                cursor.Position = end + 1;
                continue;
            }

            var text = FieldCursor.Unquote(cursor.Next(), out _);
            if (!NumberText.TryReadWhole(text, out row[target[field]]) || !T.IsFinite(row[target[field]]))
            {
                Report(Layout.NameOf(field), text.IsEmpty ? "the value is missing" : $"'{Shown(text)}' is not a finite number");
                return false;
            }
        }

        if (!cursor.IsAtEnd)
        {
            int fields = FieldCursor.Split(record, delimiter).Length;
            Report(null, string.Create(CultureInfo.InvariantCulture, $"{fields} fields where {target.Length} are expected"));
            return false;
        }

        return true;
    }

    private void Report(string? column, string reason) => options.Report(new PointFileFault(Line, column, string.Create(
        CultureInfo.InvariantCulture, $"Line {Line}{(column is null ? "" : $", column {column}")}: {reason}; the row is left out.")));

    private static string Shown(ReadOnlySpan<byte> text) => text.Length <= 40 ? FieldCursor.Text(text) : FieldCursor.Text(text[..40]) + "...";
}
