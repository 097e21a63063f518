using System.Buffers;
using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>Goes over consecutive points tile by tile, and looks at the cancellation token before each.</summary>
internal ref struct TileCursor<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _points;
    private readonly int _end;
    private readonly CancellationToken _cancellationToken;
    private readonly int _width;
    private T[]? _rented;

    internal TileCursor(PointSet<T> points, int start, int length, CancellationToken cancellationToken)
    {
        _points = points;
        _end = start + length;
        _cancellationToken = cancellationToken;
        _width = PointTile.Width<T>();
        First = start;
        _rented = ArrayPool<T>.Shared.Rent(points.Dimension * _width);
    }

    /// <summary>The first point of this tile.</summary>
    internal int First { get; private set; }

    /// <summary>The points of this tile: its width, or fewer in the last.</summary>
    internal int Count { get; private set; }

    /// <summary>d x width values.</summary>
    internal readonly ReadOnlySpan<T> Tile => _rented.AsSpan(0, _points.Dimension * _width);

    internal bool MoveNext()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        First += Count;
        Count = Math.Min(_width, _end - First);
        if (Count <= 0)
        {
            return false;
        }

        int d = _points.Dimension;
        PointTile.Transpose(_points.Values.Slice(First * d, Count * d), d, _rented.AsSpan(0, d * _width));
        return true;
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
