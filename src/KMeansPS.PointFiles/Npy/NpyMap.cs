using System.Globalization;
using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.PointFiles.Npy;

/// <summary>Makes points of NPY files that are mapped into memory.</summary>
internal static class NpyMap
{
    private const int ValuesAtOnce = 1 << 20;

    /// <summary>What keeps a file from being used as it is; null where nothing does.</summary>
    internal static string? ObstacleTo(NpyHeader header, PointFileOptions options)
    {
        bool stored = header.Element.IsStoredAs<float>() || header.Element.IsStoredAs<double>();
        return !stored ? "its values are neither float32 nor float64 in the order of bytes of this processor"
            : (options.Precision ?? header.Element.OwnPrecision()) != header.Element.OwnPrecision() ? "another precision than its own is asked for"
            : header is { ColumnMajor: true, Dimension: > 1, Count: > 1 } ? "it has column after column and not row after row"
            : header.DataOffset % header.Element.Size != 0 ? "its values do not stand at whole multiples of their size"
            : options.Column.Count > 0 && !(options.Header.Count == 0 && options.AllowUnnamed) ? "only some of its columns are asked for"
            : header.IsTooLargeForOneSet ? string.Create(CultureInfo.InvariantCulture, $"it has more than {Array.MaxLength} values, too many for one set of points; stream it")
            : null;
    }

    /// <summary>Maps the values and looks at each of them once.</summary>
    internal static MappedPoints Map<T>(FileStream stream, NpyHeader header, PointFileOptions options, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var columnName = new PointTable<T>(Memory<T>.Empty, header.Dimension, [], new RowLines("Row")).Named(options).ColumnName;
        int count = (int)header.Count;
        var memory = new MappedMemory<T>(stream, header.DataOffset, count * header.Dimension);
        double limit = PointSet<T>.LimitFor(count, header.Dimension);
        try
        {
            int rowsAtOnce = Math.Max(1, ValuesAtOnce / header.Dimension);
            for (int first = 0; first < count; first += Math.Min(rowsAtOnce, count - first))
            {
                cancellationToken.ThrowIfCancellationRequested();
                ThrowUnlessGood<T>(memory.GetSpan().Slice(first * header.Dimension, Math.Min(rowsAtOnce, count - first) * header.Dimension), first, limit, columnName, header.Dimension);
            }

            return new MappedPoints(PointSet<T>.OfChecked(memory.Memory, header.Dimension, columnName), memory);
        }
        catch
        {
            ((IDisposable)memory).Dispose();
            throw;
        }
    }

    private static void ThrowUnlessGood<T>(ReadOnlySpan<T> values, int first, double limit, IReadOnlyList<string> columnName, int d)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!FiniteRange.Holds(values, limit))
        {
            int row = FiniteRange.IndexOfFirstOutside(values, limit) / d;
            string fault = RowFault.Of(values.Slice(row * d, d), limit, "Row", first + row + 1L, columnName).Message;
            throw new PointFileException(fault.Replace("the row is left out", "a file that is mapped cannot leave rows out, so read or stream it", StringComparison.Ordinal));
        }
    }
}
