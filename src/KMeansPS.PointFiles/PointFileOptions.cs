namespace KMeansPS.PointFiles;

/// <summary>What a caller may say of the reading of a file of points.</summary>
public sealed record PointFileOptions
{
    /// <summary>The names of the columns to read, in the order that the points shall have; empty for every column of numbers.</summary>
    public IReadOnlyList<string> Column { get; init; } = [];

    /// <summary>
    /// The name of the column that holds the weight of each point, a finite number above 0; null where every weight is 1.
    /// It is no coordinate unless <see cref="Column"/> names it.
    /// </summary>
    public string? Weight { get; init; }

    /// <summary>Whether a file that names no columns is read whole although <see cref="Column"/> names some, as for centroids of known points.</summary>
    public bool AllowUnnamed { get; init; }

    /// <summary>The names of all columns of a file that has no header; empty to look for a header in the file.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>What stands between the fields of a text file; null to find out from its first line whether it is a comma, a tab or a semicolon.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The precision of the points; null for that of an NPY file, and for double for a text file.</summary>
    public PointPrecision? Precision { get; init; }

    /// <summary>
    /// Told of every row that is left out because a field is missing, not a number, not finite or too large. Null makes
    /// the first such row an error, so that no row is lost without a word.
    /// </summary>
    public Action<PointFileFault>? OnFault { get; init; }

    /// <summary>Whether a sign can stand between fields: an ASCII sign that no number, name or quote begins with.</summary>
    /// <param name="sign">The sign.</param>
    public static bool IsDelimiter(char sign) => char.IsAscii(sign) && !char.IsAsciiLetterOrDigit(sign) && sign is not ('\0' or '"' or '\r' or '\n' or '.' or '+' or '-');

    internal byte? DelimiterByte => Delimiter is { } delimiter ? (byte)delimiter : null;

    /// <summary>Whether the column of the weights is read for them alone.</summary>
    internal bool WeightIsApart => Weight is not null && !Column.Contains(Weight, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the columns to read, that of the weights as the last of them; empty for every column of numbers.</summary>
    internal IReadOnlyList<string> ColumnToRead => WeightIsApart && Column.Count > 0 ? [.. Column, Weight!] : Column;

    internal void Validate()
    {
        if (Delimiter is { } delimiter && !IsDelimiter(delimiter))
        {
            throw new ArgumentException($"'{delimiter}' cannot stand between fields: use a comma, a tab, a semicolon or another ASCII sign.", nameof(Delimiter));
        }
    }

    internal void Report(PointFileFault fault)
    {
        if (OnFault is null)
        {
            throw new PointFileException(fault.Message);
        }

        OnFault(fault);
    }
}
