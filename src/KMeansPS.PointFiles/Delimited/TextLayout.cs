using System.Globalization;

namespace KMeansPS.PointFiles.Delimited;

/// <summary>What the first records of a text file tell about all of it.</summary>
/// <param name="FieldCount">How many fields a record has.</param>
/// <param name="Name">One name a field; empty where the file has none.</param>
/// <param name="Target">For each field the place of its value in a point; -1 for a field that is not read.</param>
/// <param name="Dimension">How many fields are read.</param>
/// <param name="HasHeader">Whether the first record holds the names.</param>
internal sealed record TextLayout(int FieldCount, string[] Name, int[] Target, int Dimension, bool HasHeader)
{
    /// <summary>The names of the columns that are read, in the order of the points.</summary>
    internal string[] TargetName()
    {
        var names = new string[Name.Length == 0 ? 0 : Dimension];
        for (int i = 0; i < Name.Length; i++)
        {
            if (Target[i] >= 0)
            {
                names[Target[i]] = Name[i];
            }
        }

        return names;
    }

    /// <summary>What an error calls a field: its name, or its number from 1.</summary>
    internal string NameOf(int field) => Name.Length > 0 ? Name[field] : (field + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Finds names and columns of numbers.</summary>
    /// <param name="sample">The first records, at least one.</param>
    /// <param name="options">What the caller says of the file.</param>
    /// <param name="delimiter">The sign between fields.</param>
    internal static TextLayout Of(IReadOnlyList<string[]> sample, PointFileOptions options, byte delimiter)
    {
        var first = sample[0];
        bool named = options.Header.Count > 0;
        if (named && options.Header.Count != first.Length)
        {
            throw new PointFileException($"The first row has {first.Length} fields, but {options.Header.Count} names are given as a header.");
        }

        var numeric = NumericFields(sample.Skip(1), first.Length);
        bool isWanted = (options.Column.Count > 0 || options.Weight is not null) && !options.AllowUnnamed;
        bool hasHeader = !named && (isWanted || !Array.Exists(numeric.Length > 0 ? numeric : [.. Enumerable.Range(0, first.Length)], field => IsNumber(first[field])));
        if (!hasHeader)
        {
            numeric = NumericFields(sample, first.Length);
        }

        string[] names = named ? [.. options.Header] : hasHeader ? [.. first.Select((name, i) => name.Length > 0 ? name : $"Column{i + 1}")] : [];
        var wanted = options.ColumnToRead;
        var read = wanted.Count > 0 && (names.Length > 0 || isWanted) ? ColumnNames.Find(names, wanted) : numeric;
        if (read.Length == 0)
        {
            string what = sample.Count == 1 && hasHeader ? "There is a header and no row after it" : "There is no column of numbers";
            throw new PointFileException($"{what}: fields are taken to be separated by {Describe(delimiter)}, and numbers to be written with a decimal point.");
        }

        var target = new int[first.Length];
        Array.Fill(target, -1);
        for (int i = 0; i < read.Length; i++)
        {
            if (target[read[i]] >= 0)
            {
                throw new PointFileException($"The column '{names[read[i]]}' is named twice.");
            }

            target[read[i]] = i;
        }

        return new TextLayout(first.Length, names, target, read.Length, hasHeader);
    }

    /// <summary>Guesses the sign between fields from the first line: the one that is there most often.</summary>
    internal static byte GuessDelimiter(ReadOnlySpan<byte> record)
    {
        byte best = (byte)',';
        int most = 0;
        foreach (byte candidate in "\t;,"u8)
        {
            var cursor = new FieldCursor(record, candidate);
            int count = -1;
            while (!cursor.IsAtEnd)
            {
                cursor.Next();
                count++;
            }

            if (count > most)
            {
                (best, most) = (candidate, count);
            }
        }

        return best;
    }

    // A column is one of numbers when the first value that is not missing is a number.
    private static int[] NumericFields(IEnumerable<string[]> rows, int fields) =>
        [.. Enumerable.Range(0, fields).Where(field => rows
            .Where(row => row.Length == fields)
            .Select(row => row[field].Trim())
            .FirstOrDefault(text => !NumberText.IsMissing(System.Text.Encoding.UTF8.GetBytes(text))) is { } value && IsNumber(value))];

    private static bool IsNumber(string text) => NumberText.TryReadWhole<double>(System.Text.Encoding.UTF8.GetBytes(text.Trim()), out _);

    private static string Describe(byte delimiter) => delimiter switch
    {
        (byte)',' => "commas",
        (byte)'\t' => "tabs",
        (byte)';' => "semicolons",
        (byte)' ' => "spaces",
        _ => $"'{(char)delimiter}'",
    };
}
