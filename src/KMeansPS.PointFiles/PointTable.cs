using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.PointFiles;

/// <summary>The rows that were read, before they are held against what a point set allows.</summary>
/// <param name="Values">Count x Dimension values, row by row.</param>
/// <param name="Dimension">How many values a row has.</param>
/// <param name="ColumnName">The names of the columns; empty where they have none.</param>
/// <param name="Lines">Where the rows are in the file.</param>
internal sealed record PointTable<T>(Memory<T> Values, int Dimension, IReadOnlyList<string> ColumnName, RowLines Lines)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The table with the options' header, and of its columns those that the options name, in their order.</summary>
    internal PointTable<T> Named(PointFileOptions options)
    {
        if (options.Header.Count > 0 && options.Header.Count != Dimension)
        {
            throw new PointFileException($"The points have {Dimension} dimensions, but {options.Header.Count} names are given as a header.");
        }

        return options.ColumnToRead.Count == 0 || (options.Header.Count == 0 && options.AllowUnnamed)
            ? this with { ColumnName = [.. options.Header] }
            : Select(options.Header, ColumnNames.Find(options.Header, options.ColumnToRead));
    }

    /// <summary>The points; rows with values that are not finite or too large are reported and left out.</summary>
    internal PointSet<T> ToPoints(PointFileOptions options)
    {
        if (options.Weight is not null)
        {
            return WeightedRows.Of(this, options);
        }

        int rows = Values.Length / Dimension;
        double limit = PointSet<T>.LimitFor(rows, Dimension);
        if (!FiniteRange.Holds<T>(Values.Span, limit))
        {
            rows = KeepRowsWithin(limit, rows, options);
        }

        return rows == 0
            ? throw new PointFileException("No row can be used as a point.")
            : new PointSet<T>(Values[..(rows * Dimension)], Dimension) { ColumnName = ColumnName };
    }

    private PointTable<T> Select(IReadOnlyList<string> names, int[] columns)
    {
        var from = Values.Span;
        int rows = from.Length / Dimension;
        var selected = GC.AllocateUninitializedArray<T>(checked(rows * columns.Length));
        for (int row = 0, at = 0; row < rows; row++)
        {
            foreach (int column in columns)
            {
                selected[at++] = from[(row * Dimension) + column];
            }
        }

        return new PointTable<T>(selected, columns.Length, [.. columns.Select(column => names[column])], Lines);
    }

    private int KeepRowsWithin(double limit, int rows, PointFileOptions options)
    {
        var values = Values.Span;
        int kept = 0;
        for (int row = 0; row < rows; row++)
        {
            var point = values.Slice(row * Dimension, Dimension);
            if (FiniteRange.Holds<T>(point, limit))
            {
                point.CopyTo(values[(kept++ * Dimension)..]);
                continue;
            }

            options.Report(RowFault.Of<T>(point, limit, Lines.Unit, Lines.LineOf(row), ColumnName));
        }

        return kept;
    }
}
