using System.Buffers;
using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>Goes over consecutive places of an order of the points, tile by tile, and looks at the cancellation token before each.</summary>
internal ref struct TileCursor<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _points;
    private readonly int[]? _order;
    private readonly int _end;
    private readonly CancellationToken _cancellationToken;
    private readonly int _width;
    private T[]? _rented;

    /// <param name="points">The points.</param>
    /// <param name="order">A permutation of the points; null for their own order.</param>
    /// <param name="start">The first place.</param>
    /// <param name="length">How many places.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal TileCursor(PointSet<T> points, int[]? order, int start, int length, CancellationToken cancellationToken)
    {
        _points = points;
        _order = order;
        _end = start + length;
        _cancellationToken = cancellationToken;
        _width = PointTile.Width<T>();
        First = start;
        _rented = ArrayPool<T>.Shared.Rent(points.Dimension * _width);
    }

    /// <summary>The first place of this tile.</summary>
    internal int First { get; private set; }

    /// <summary>The points of this tile: its width, or fewer in the last.</summary>
    internal int Count { get; private set; }

    /// <summary>d x width values of the points at these places.</summary>
    internal readonly ReadOnlySpan<T> Load()
    {
        int d = _points.Dimension;
        var tile = _rented.AsSpan(0, d * _width);
        PointTile.Load(_points.Values, _order, First, Count, d, tile);
        return tile;
    }

    /// <summary>The index of the point in one lane of this tile.</summary>
    internal readonly int PointAt(int lane) => _order is null ? First + lane : _order[First + lane];

    internal bool MoveNext()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        First += Count;
        Count = Math.Min(_width, _end - First);
        return Count > 0;
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<T>.Shared.Return(_rented);
            _rented = null;
        }
    }
}
