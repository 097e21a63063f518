using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>For each tile of an order of the points, the box that its points lie in.</summary>
internal sealed class TileBoxes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _bounds;
    private readonly int _dimension;
    private readonly int _width = PointTile.Width<T>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal TileBoxes(PointSet<T> points, int[]? order)
    {
        _dimension = points.Dimension;
        Count = (points.Count + _width - 1) / _width;
        _bounds = new T[Count * 2 * _dimension];
        var values = points.Values;
        for (int tile = 0; tile < Count; tile++)
        {
            var least = _bounds.AsSpan(tile * 2 * _dimension, _dimension);
            var greatest = _bounds.AsSpan(((tile * 2) + 1) * _dimension, _dimension);
            least.Fill(T.PositiveInfinity);
            greatest.Fill(T.NegativeInfinity);
            for (int place = tile * _width; place < Math.Min((tile + 1) * _width, points.Count); place++)
            {
                var point = values.Slice((order is null ? place : order[place]) * _dimension, _dimension);
                for (int j = 0; j < point.Length; j++)
                {
                    least[j] = point[j] < least[j] ? point[j] : least[j];
                    greatest[j] = point[j] > greatest[j] ? point[j] : greatest[j];
                }
            }
        }
    }

    /// <summary>How many tiles there are.</summary>
    internal int Count { get; }

    /// <summary>The least values of a tile's points, then the greatest: 2 x d.</summary>
    internal ReadOnlySpan<T> this[int tile] => _bounds.AsSpan(tile * 2 * _dimension, 2 * _dimension);
}
