using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.PointFiles;

/// <summary>Parts the column of the weights from those of the points.</summary>
internal static class WeightedRows
{
    /// <summary>The points with their weights; rows with bad values or weights are reported and left out.</summary>
    internal static PointSet<T> Of<T>(PointTable<T> table, PointFileOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var column = WeightColumn.Of(table.ColumnName, options)!;
        int rows = table.Values.Length / table.Dimension;
        double limit = PointSet<T>.LimitFor(rows, table.Dimension);
        var values = table.Values;
        int kept = 0;
        for (int row = 0; row < rows; row++)
        {
            var from = values.Span.Slice(row * table.Dimension, table.Dimension);
            long line = table.Lines.LineOf(row);
            var fault = FiniteRange.Holds<T>(from, limit)
                ? column.FaultOf<T>(from, table.Lines.Unit, line)
                : RowFault.Of<T>(from, limit, table.Lines.Unit, line, table.ColumnName);
            if (fault is not null)
            {
                options.Report(fault);
                continue;
            }

            from.CopyTo(values.Span[(kept++ * table.Dimension)..]);
        }

        if (kept == 0)
        {
            throw new PointFileException("No row can be used as a point.");
        }

        double[] weights = column.Part(values.Span[..(kept * table.Dimension)], table.Dimension);
        int dimension = table.Dimension - (column.IsApart ? 1 : 0);
        return Make(values[..(kept * dimension)], dimension, weights, column.OthersOf(table.ColumnName));
    }

    private static PointSet<T> Make<T>(Memory<T> values, int dimension, double[] weights, string[] names)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            return new PointSet<T>(values, dimension, weights) { ColumnName = names };
        }
        catch (ArgumentException e)
        {
            throw new PointFileException(e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
        }
    }
}
