using System.Globalization;
using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.PointFiles;

/// <summary>Says why a row of numbers is no point.</summary>
internal static class RowFault
{
    /// <summary>The fault of a row with a value that is not finite or too large.</summary>
    /// <param name="row">Its values.</param>
    /// <param name="limit">The greatest magnitude of a value.</param>
    /// <param name="unit">What a line is called at the start of a sentence.</param>
    /// <param name="line">The line or row, from 1.</param>
    /// <param name="columnName">The names of the columns, or none.</param>
    internal static PointFileFault Of<T>(ReadOnlySpan<T> row, double limit, string unit, long line, IReadOnlyList<string> columnName)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int column = FiniteRange.IndexOfFirstOutside(row, limit);
        string name = columnName.Count > 0 ? columnName[column] : (column + 1).ToString(CultureInfo.InvariantCulture);
        string why = T.IsFinite(row[column])
            ? $"is too large for distances in {(typeof(T) == typeof(float) ? "single" : "double")} precision (the limit is {limit:G3})"
            : "is not a finite number";
        return new PointFileFault(line, name, string.Create(
            CultureInfo.InvariantCulture, $"{unit} {line}, column {name}: {row[column]} {why}; the row is left out."));
    }
}
