namespace KMeansPS.PointFiles.Delimited;

/// <summary>
/// Cuts text into records after RFC 4180: a record ends at the end of a line that is not within quotes. A quote that is
/// never closed makes one bad record of its own line, and the reading goes on after it.
/// </summary>
/// <param name="input">The text in UTF-8.</param>
internal sealed class RecordReader(ByteInput input)
{
    private const int LongestRecord = 1 << 26;
    private const byte LineFeed = (byte)'\n';
    private const byte Quote = (byte)'"';

    private int _taken;
    private long _lines;

    /// <summary>The sign between fields, after which a quote opens a quoted field; null while it may be any of comma, tab and semicolon.</summary>
    internal byte? Delimiter { get; set; }

    /// <summary>The line at which the current record starts, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>Whether a quote in the current record is never closed.</summary>
    internal bool IsUnclosed { get; private set; }

    /// <summary>How many bytes were taken, with the current record.</summary>
    internal long Offset => input.Offset + _taken;

    /// <summary>Goes on to the next record that is not blank.</summary>
    /// <param name="record">The record without the end of its line; good until the next call.</param>
    internal bool TryRead(out ReadOnlySpan<byte> record)
    {
        do
        {
            input.Advance(_taken);
            Line = _lines + 1;
            if (!TryFindEnd(out int length))
            {
                _taken = 0;
                record = default;
                return false;
            }

            record = input.Unread[..length];
            _lines += IsUnclosed || !record.Contains(Quote) ? 1 : 1 + record.Count(LineFeed);
            _taken = Math.Min(length + 1, input.Unread.Length);
            record = record.TrimEnd((byte)'\r');
        }
        while (record.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0 && !(record.Length > 0 && Delimiter == record[0]));

        return true;
    }

    private bool TryFindEnd(out int length)
    {
        IsUnclosed = false;
        int at = 0;
        while (true)
        {
            int found = input.Unread[at..].IndexOfAny(LineFeed, Quote);
            if (found < 0)
            {
                at = input.Unread.Length;
                if (at > LongestRecord)
                {
                    throw new PointFileException($"Line {Line} is longer than {LongestRecord >> 20} MB: this is no text file of points.", input.Offset);
                }

                if (!input.Fill())
                {
                    length = at;
                    return at > 0;
                }

                continue;
            }

            at += found;
            if (input.Unread[at] == LineFeed)
            {
                length = at;
                return true;
            }

            at = OpensField(at) ? AfterClosingQuote(at + 1) : at + 1;
            if (at < 0)
            {
                IsUnclosed = true;
                int end = input.Unread.IndexOf(LineFeed);
                length = end < 0 ? input.Unread.Length : end;
                return true;
            }
        }
    }

    private bool OpensField(int at)
    {
        var before = input.Unread[..at];
        int last = before.LastIndexOfAnyExcept((byte)' ');
        return last < 0 || (Delimiter is { } delimiter ? before[last] == delimiter : before[last] is (byte)',' or (byte)'\t' or (byte)';');
    }

    // The place after the quote that closes a field; -1 where there is none.
    private int AfterClosingQuote(int at)
    {
        while (at <= LongestRecord)
        {
            int found = input.Unread[at..].IndexOf(Quote);
            if (found < 0)
            {
                at = input.Unread.Length;
                if (!input.Fill())
                {
                    return -1;
                }

                continue;
            }

            at += found + 1;
            if (!input.Ensure(at + 1) || input.Unread[at] != Quote)
            {
                return at;
            }

            at++;
        }

        return -1;
    }
}
