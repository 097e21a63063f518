using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.PointFiles.Npy;

/// <summary>An NPY file of any length, read batch by batch.</summary>
internal sealed class NpySource<T> : PointSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ChunkBytes = 1 << 20;

    private readonly NpyHeader _header;
    private readonly int[] _columns;
    private readonly IReadOnlyList<string> _names;
    private readonly WeightColumn? _weight;

    private NpySource(string path, NpyHeader header, int[] columns, IReadOnlyList<string> names, WeightColumn? weight)
        : base(path, weight is { IsApart: true } ? columns.Length - 1 : columns.Length)
    {
        _header = header;
        _columns = columns;
        _names = names;
        _weight = weight;
    }

    public override long? Count => _header.Count;

    /// <summary>Finds out which columns are read.</summary>
    internal static NpySource<T> Of(string path, NpyHeader header, PointFileOptions options)
    {
        var none = new PointTable<T>(Memory<T>.Empty, header.Dimension, [], new RowLines("Row")).Named(options);
        int[] columns = none.Dimension == header.Dimension && none.ColumnName.SequenceEqual(options.Header)
            ? [.. Enumerable.Range(0, header.Dimension)]
            : ColumnNames.Find(options.Header, options.ColumnToRead);
        var weight = WeightColumn.Of(none.ColumnName, options);
        return new NpySource<T>(path, header, columns, none.ColumnName, weight) { ColumnName = weight?.OthersOf(none.ColumnName) ?? none.ColumnName };
    }

    public override IEnumerable<PointSet<T>> Read(int batchSize, Action<string>? onFault, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var stream = PointFile.OpenFile(Name);
        var chunks = new NpyChunks<T>(stream, Reopened(stream, cancellationToken), cancellationToken);
        double limit = PointSet<T>.LimitFor(int.MaxValue, Dimension);
        var batch = new T[checked((int)Math.Min(batchSize, _header.Count) * _columns.Length)];
        int filled = 0;
        long count = 0;
        int rowsOfChunk = Math.Max(1, ChunkBytes / _header.Element.Size / _header.Dimension);
        var chunk = new T[rowsOfChunk * _header.Dimension];
        for (long first = 0; first < _header.Count; first += rowsOfChunk)
        {
            int rows = (int)Math.Min(rowsOfChunk, _header.Count - first);
            chunks.Read(first, rows, chunk);
            bool isGood = FiniteRange.Holds<T>(chunk.AsSpan(0, rows * _header.Dimension), limit);
            for (int row = 0; row < rows; row++)
            {
                var point = batch.AsSpan(filled, _columns.Length);
                Select(chunk.AsSpan(row * _header.Dimension, _header.Dimension), point);
                var fault = isGood || FiniteRange.Holds<T>(point, limit)
                    ? _weight?.FaultOf<T>(point, "Row", first + row + 1)
                    : RowFault.Of<T>(point, limit, "Row", first + row + 1, _names);
                if (fault is not null)
                {
                    Report(onFault, fault);
                    continue;
                }

                filled += _columns.Length;
                count++;
                if (filled == batch.Length)
                {
                    yield return Batch(batch);
                    filled = 0;
                }
            }
        }

        if (count == 0)
        {
            throw new PointFileException("No row can be used as a point.");
        }

        if (filled > 0)
        {
            yield return Batch(batch.AsMemory(0, filled));
        }
    }

    private PointSet<T> Batch(Memory<T> rows)
    {
        double[]? weights = _weight?.Part(rows.Span, _columns.Length);
        return PointSet<T>.OfChecked(rows[..(rows.Length / _columns.Length * Dimension)], Dimension, ColumnName, weights);
    }

    private NpyHeader Reopened(FileStream stream, CancellationToken cancellationToken)
    {
        var header = NpyHeader.Read(new ByteInput(stream, cancellationToken));
        return header == _header ? header : throw new PointFileException("The file has changed since it was opened.");
    }

    private void Select(ReadOnlySpan<T> row, Span<T> point)
    {
        if (row.Length == point.Length && _columns[0] == 0 && _columns[^1] == row.Length - 1)
        {
            row.CopyTo(point);
            return;
        }

        for (int j = 0; j < point.Length; j++)
        {
            point[j] = row[_columns[j]];
        }
    }

    private static void Report(Action<string>? onFault, PointFileFault fault)
    {
        if (onFault is null)
        {
            throw new PointFileException(fault.Message);
        }

        onFault(fault.Message);
    }
}
