using System.Text;

namespace KMeansPS.Cli.Output;

/// <summary>Writes rows of text in columns, row by row, so that a row is seen as soon as it is known.</summary>
/// <param name="writer">Where the table goes.</param>
/// <param name="columns">The columns.</param>
internal sealed class TextTable(TextWriter writer, IReadOnlyList<TextColumn> columns)
{
    /// <summary>How many letters a line of such columns takes.</summary>
    internal static int WidthOf(IReadOnlyList<TextColumn> columns) => columns.Sum(column => column.FullWidth) + (2 * (columns.Count - 1));

    /// <summary>Makes the columns as wide as the widest cell of all rows, and writes everything.</summary>
    internal static void Write(TextWriter writer, IReadOnlyList<TextColumn> columns, IReadOnlyList<string[]> rows)
    {
        var table = new TextTable(writer, [.. columns.Select((column, i) => column with { Width = rows.Max(row => row[i].Length) })]);
        table.WriteHeader();
        foreach (var row in rows)
        {
            table.WriteRow(row);
        }
    }

    /// <summary>Writes the titles, and a line under each.</summary>
    internal void WriteHeader()
    {
        WriteRow([.. columns.Select(column => column.Title)]);
        WriteRow([.. columns.Select(column => new string('-', column.Title.Length == 0 ? 0 : column.FullWidth))]);
    }

    /// <summary>Writes one row: a cell for each column.</summary>
    internal void WriteRow(IReadOnlyList<string> cells)
    {
        var line = new StringBuilder();
        for (int i = 0; i < columns.Count; i++)
        {
            line.Append(i == 0 ? "" : "  ");
            line.Append(columns[i].IsNumber ? cells[i].PadLeft(columns[i].FullWidth) : cells[i].PadRight(columns[i].FullWidth));
        }

        writer.WriteLine(line.ToString().TrimEnd());
    }
}
