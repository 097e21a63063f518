using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.PointFiles.Delimited;

/// <summary>A text file with one point a record, read batch by batch.</summary>
internal sealed class DelimitedSource<T> : PointSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointFileOptions _options;
    private readonly int _columns;
    private readonly WeightColumn? _weight;
    private long? _count;

    private DelimitedSource(string path, int columns, WeightColumn? weight, PointFileOptions options)
        : base(path, weight is { IsApart: true } ? columns - 1 : columns)
    {
        _columns = columns;
        _weight = weight;
        _options = options;
    }

    /// <summary>Known once the file has been read to its end.</summary>
    public override long? Count => _count;

    /// <summary>Finds out from the first records what the points are.</summary>
    internal static DelimitedSource<T> Of(string path, ByteInput input, PointFileOptions options)
    {
        var reader = new DelimitedReader<T>(input, options);
        reader.Begin();
        string[] columns = reader.Layout.TargetName();
        var weight = WeightColumn.Of(columns, options);
        return new DelimitedSource<T>(path, reader.Layout.Dimension, weight, options) { ColumnName = weight?.OthersOf(columns) ?? columns };
    }

    public override IEnumerable<PointSet<T>> Read(int batchSize, Action<string>? onFault, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var stream = PointFile.OpenFile(Name);
        var options = _options with { OnFault = onFault is null ? null : fault => onFault(fault.Message) };
        var reader = new DelimitedReader<T>(PointFile.AsUtf8(new ByteInput(stream, cancellationToken), cancellationToken), options);
        reader.Begin();
        if (reader.Layout.Dimension != _columns)
        {
            throw new PointFileException("The file has changed since it was opened.");
        }

        double limit = PointSet<T>.LimitFor(int.MaxValue, Dimension);
        var rows = new RowBuffer<T>(_columns);
        long count = 0;
        while (reader.TryReadRow(rows.Next(batchSize)))
        {
            var row = rows.Next(batchSize);
            var fault = FiniteRange.Holds<T>(row, limit)
                ? _weight?.FaultOf<T>(row, "Line", reader.Line)
                : RowFault.Of<T>(row, limit, "Line", reader.Line, reader.Layout.TargetName());
            if (fault is not null)
            {
                options.Report(fault);
                continue;
            }

            rows.Keep();
            count++;
            if (rows.Count == batchSize)
            {
                yield return Batch(rows.Values);
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
            yield return Batch(rows.Values);
        }
    }

    private PointSet<T> Batch(Memory<T> rows)
    {
        double[]? weights = _weight?.Part(rows.Span, _columns);
        return PointSet<T>.OfChecked(rows[..(rows.Length / _columns * Dimension)], Dimension, ColumnName, weights);
    }
}
