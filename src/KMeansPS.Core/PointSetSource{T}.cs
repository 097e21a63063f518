using System.Numerics;

namespace KMeansPS;

/// <summary>The points of a set, batch by batch where they are.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PointSetSource<T> : PointSource<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _points;

    /// <summary>Makes a stream of a point set, which it borrows.</summary>
    /// <param name="points">n x d points.</param>
    public PointSetSource(PointSet<T> points)
        : base(points?.ToString() ?? throw new ArgumentNullException(nameof(points)), points.Dimension)
    {
        _points = points;
        ColumnName = points.ColumnName;
    }

    /// <inheritdoc/>
    public override long? Count => _points.Count;

    /// <inheritdoc/>
    public override IEnumerable<PointSet<T>> Read(int batchSize, Action<string>? onFault, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        for (int start = 0; start < _points.Count; start += Math.Min(batchSize, _points.Count - start))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return _points.Slice(start, Math.Min(batchSize, _points.Count - start));
        }
    }
}
