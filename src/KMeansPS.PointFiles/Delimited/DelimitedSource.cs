using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.PointFiles.Delimited;

/// <summary>A text file with one point a record, read batch by batch.</summary>
internal sealed class DelimitedSource<T> : PointSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointFileOptions _options;
    private long? _count;

    private DelimitedSource(string path, int dimension, PointFileOptions options)
        : base(path, dimension) => _options = options;

    /// <summary>Known once the file has been read to its end.</summary>
    public override long? Count => _count;

    /// <summary>Finds out from the first records what the points are.</summary>
    internal static DelimitedSource<T> Of(string path, ByteInput input, PointFileOptions options)
    {
        var reader = new DelimitedReader<T>(input, options);
        reader.Begin();
        return new DelimitedSource<T>(path, reader.Layout.Dimension, options) { ColumnName = reader.Layout.TargetName() };
    }

    public override IEnumerable<PointSet<T>> Read(int batchSize, Action<string>? onFault, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var stream = PointFile.OpenFile(Name);
        var options = _options with { OnFault = onFault is null ? null : fault => onFault(fault.Message) };
        var reader = new DelimitedReader<T>(PointFile.AsUtf8(new ByteInput(stream, cancellationToken), cancellationToken), options);
        reader.Begin();
        if (reader.Layout.Dimension != Dimension)
        {
            throw new PointFileException("The file has changed since it was opened.");
        }

        double limit = PointSet<T>.LimitFor(int.MaxValue, Dimension);
        var rows = new RowBuffer<T>(Dimension);
        long count = 0;
        while (reader.TryReadRow(rows.Next(batchSize)))
        {
            var row = rows.Next(batchSize);
            if (!FiniteRange.Holds<T>(row, limit))
            {
                options.Report(RowFault.Of<T>(row, limit, "Line", reader.Line, ColumnName));
                continue;
            }

            rows.Keep();
            count++;
            if (rows.Count == batchSize)
            {
                yield return PointSet<T>.OfChecked(rows.Values, Dimension, ColumnName);
                rows.Clear();
            }
        }

        if (count == 0)
        {
            throw new PointFileException("No row can be used as a point.");
        }

        _count = count;
        if (rows.Count > 0)
        {
            yield return PointSet<T>.OfChecked(rows.Values, Dimension, ColumnName);
        }
    }
}
