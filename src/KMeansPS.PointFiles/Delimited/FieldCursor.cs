using System.Text;

namespace KMeansPS.PointFiles.Delimited;

/// <summary>Goes through the fields of one record.</summary>
/// <param name="record">The record.</param>
/// <param name="delimiter">The sign between fields.</param>
internal ref struct FieldCursor(ReadOnlySpan<byte> record, byte delimiter)
{
    private readonly ReadOnlySpan<byte> _record = record;
    private readonly byte _delimiter = delimiter;

    /// <summary>Where the next field starts; beyond the record after its last field.</summary>
    internal int Position { get; set; }

    /// <summary>Whether every field was taken.</summary>
    internal readonly bool IsAtEnd => Position > _record.Length;

    /// <summary>All fields of the record as text, unquoted.</summary>
    internal static string[] Split(ReadOnlySpan<byte> record, byte delimiter)
    {
        var fields = new List<string>();
        var cursor = new FieldCursor(record, delimiter);
        while (!cursor.IsAtEnd)
        {
            fields.Add(Text(cursor.Next()));
        }

        return [.. fields];
    }

    /// <summary>A field without the spaces and quotes around it.</summary>
    internal static string Text(ReadOnlySpan<byte> field)
    {
        var inner = Unquote(field, out bool quoted);
        string text = Encoding.UTF8.GetString(inner);
        return quoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>A field without the spaces and quotes around it; quotes within it stay doubled.</summary>
    internal static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> field, out bool quoted)
    {
        field = field.Trim(" \t"u8);
        quoted = field is [(byte)'"', .., (byte)'"'];
        return quoted ? field[1..^1] : field;
    }

    /// <summary>Takes the next field as it stands in the record, its quotes included.</summary>
    internal ReadOnlySpan<byte> Next()
    {
        var rest = _record[Position..];
        int search = 0;
        int start = rest.IndexOfAnyExcept((byte)' ');
        if (start >= 0 && rest[start] == '"' && start != rest.Length)
        {
            search = EndOfQuotes(rest, start + 1);
        }

        int end = rest[search..].IndexOf(_delimiter);
        int length = end < 0 ? rest.Length : search + end;
        Position += length + 1;
        return rest[..length];
    }

    private static int EndOfQuotes(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            int found = text[at..].IndexOf((byte)'"');
            if (found < 0)
            {
                return text.Length;
            }

            at += found + 1;
            if (at == text.Length || text[at] != '"')
            {
                return at;
            }

            at++;
        }
    }
}
