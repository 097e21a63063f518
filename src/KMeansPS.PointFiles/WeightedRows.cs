using System.Globalization;
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
        int place = ColumnNames.Find(table.ColumnName, [options.Weight!])[0];
        int dimension = table.Dimension - (options.WeightIsApart ? 1 : 0);
        if (dimension == 0)
        {
            throw new PointFileException($"There is no column of numbers beside '{options.Weight}', the weights.");
        }

        int rows = table.Values.Length / table.Dimension;
        double limit = PointSet<T>.LimitFor(rows, table.Dimension);
        var values = table.Values;
        var weights = new List<double>(rows);
        for (int row = 0; row < rows; row++)
        {
            var from = values.Span.Slice(row * table.Dimension, table.Dimension);
            double weight = double.CreateTruncating(from[place]);
            if (!FiniteRange.Holds<T>(from, limit))
            {
                options.Report(RowFault.Of<T>(from, limit, table.Lines.Unit, table.Lines.LineOf(row), table.ColumnName));
            }
            else if (weight <= 0)
            {
                options.Report(WeightFault(table, row, table.ColumnName[place], weight));
            }
            else
            {
                // Rows move towards the start only, so that none is overwritten before it was read.
                var to = values.Span.Slice(weights.Count * dimension, dimension);
                from[..(options.WeightIsApart ? place : dimension)].CopyTo(to);
                from[(options.WeightIsApart ? place + 1 : dimension)..].CopyTo(to[(options.WeightIsApart ? place : dimension)..]);
                weights.Add(weight);
            }
        }

        var names = table.ColumnName.Where((_, column) => !options.WeightIsApart || column != place);
        return weights.Count == 0
            ? throw new PointFileException("No row can be used as a point.")
            : Make(values[..(weights.Count * dimension)], dimension, [.. weights], [.. names]);
    }

    private static PointFileFault WeightFault<T>(PointTable<T> table, int row, string column, double weight)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long line = table.Lines.LineOf(row);
        return new PointFileFault(line, column, string.Create(
            CultureInfo.InvariantCulture, $"{table.Lines.Unit} {line}, column {column}: the weight is {weight}, but must be above 0; the row is left out."));
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
