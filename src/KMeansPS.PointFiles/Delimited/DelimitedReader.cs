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
    private readonly RowLines _lines = new("Line");
    private readonly long? _length = input.Remaining;
    private byte _delimiter;
    private TextLayout _layout = null!;
    private RowBuffer<T> _rows = null!;

    /// <summary>Reads all records.</summary>
    internal PointTable<T> Read()
    {
        var sample = ReadSample();
        _layout = TextLayout.Of([.. sample.Select(record => FieldCursor.Split(record.Bytes, _delimiter))], options, _delimiter);
        _rows = new RowBuffer<T>(_layout.Dimension);
        long offset = sample.Sum(record => record.Bytes.Length + 1L);
        foreach (var (bytes, line, unclosed) in sample.Skip(_layout.HasHeader ? 1 : 0))
        {
            Add(bytes, line, unclosed, offset / (double)sample.Count);
        }

        while (_records.TryRead(out var record))
        {
            Add(record, _records.Line, _records.IsUnclosed, _records.Offset / (double)(_rows.Count + 1));
        }

        return _rows.Count == 0
            ? throw new PointFileException("No row can be used as a point.")
            : new PointTable<T>(_rows.Values, _layout.Dimension, _layout.TargetName(), _lines);
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

    private void Add(ReadOnlySpan<byte> record, long line, bool unclosed, double bytesPerRow)
    {
        if (unclosed)
        {
            Report(line, null, "a quote is opened and never closed");
        }
        else if (TryParse(record, _rows.Next((_length ?? 0) / bytesPerRow), line))
        {
            _lines.Add(_rows.Count, line);
            _rows.Keep();
        }
    }

    // One pass over the bytes of the record; nothing is allocated.
    private bool TryParse(ReadOnlySpan<byte> record, Span<T> row, long line)
    {
        var target = _layout.Target;
        byte delimiter = _delimiter;
        var cursor = new FieldCursor(record, delimiter);
        for (int field = 0; field < target.Length; field++)
        {
            if (cursor.IsAtEnd)
            {
                Report(line, null, string.Create(CultureInfo.InvariantCulture, $"{field} field{(field == 1 ? "" : "s")} where {target.Length} are expected"));
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
                Report(line, _layout.NameOf(field), text.IsEmpty ? "the value is missing" : $"'{Shown(text)}' is not a finite number");
                return false;
            }
        }

        if (!cursor.IsAtEnd)
        {
            int fields = FieldCursor.Split(record, delimiter).Length;
            Report(line, null, string.Create(CultureInfo.InvariantCulture, $"{fields} fields where {target.Length} are expected"));
            return false;
        }

        return true;
    }

    private void Report(long line, string? column, string reason) => options.Report(new PointFileFault(line, column, string.Create(
        CultureInfo.InvariantCulture, $"Line {line}{(column is null ? "" : $", column {column}")}: {reason}; the row is left out.")));

    private static string Shown(ReadOnlySpan<byte> text) => text.Length <= 40 ? FieldCursor.Text(text) : FieldCursor.Text(text[..40]) + "...";
}
