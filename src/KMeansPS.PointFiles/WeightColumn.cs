using System.Globalization;
using System.Numerics;

namespace KMeansPS.PointFiles;

/// <summary>The column of the weights among the columns that are read.</summary>
/// <param name="Place">Which one it is.</param>
/// <param name="IsApart">Whether it is no coordinate.</param>
/// <param name="Name">What it is called.</param>
internal sealed record WeightColumn(int Place, bool IsApart, string Name)
{
    /// <summary>Finds it among the columns that are read; null where the options name none.</summary>
    internal static WeightColumn? Of(IReadOnlyList<string> columns, PointFileOptions options)
    {
        if (options.Weight is null)
        {
            return null;
        }

        int place = ColumnNames.Find(columns, [options.Weight])[0];
        return columns.Count > 1 || !options.WeightIsApart
            ? new WeightColumn(place, options.WeightIsApart, columns[place])
            : throw new PointFileException($"There is no column of numbers beside '{options.Weight}', the weights.");
    }

    /// <summary>The names of the coordinates.</summary>
    internal string[] OthersOf(IReadOnlyList<string> columns) => [.. columns.Where((_, column) => !IsApart || column != Place)];

    /// <summary>Why a row has no weight to be used; null where it has.</summary>
    internal PointFileFault? FaultOf<T>(ReadOnlySpan<T> row, string unit, long line)
        where T : unmanaged, IFloatingPointIeee754<T> => row[Place] > T.Zero ? null : new PointFileFault(line, Name, string.Create(
            CultureInfo.InvariantCulture, $"{unit} {line}, column {Name}: the weight is {row[Place]}, but must be above 0; the row is left out."));

    /// <summary>Moves the coordinates of some rows to the start of their memory, and gives the weights.</summary>
    internal double[] Part<T>(Span<T> rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int dimension = columns - (IsApart ? 1 : 0);
        var weights = new double[rows.Length / columns];
        for (int i = 0; i < weights.Length; i++)
        {
            // Rows move towards the start only, so that none is overwritten before it was read.
            var from = rows.Slice(i * columns, columns);
            var to = rows.Slice(i * dimension, dimension);
            weights[i] = double.CreateTruncating(from[Place]);
            if (IsApart)
            {
                from[..Place].CopyTo(to);
                from[(Place + 1)..].CopyTo(to[Place..]);
            }
        }

        return weights;
    }
}
