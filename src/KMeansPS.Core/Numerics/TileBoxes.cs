using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Numerics;

/// <summary>For each tile of an order of the points, and for each group of tiles, the box that its points lie in.</summary>
internal sealed class TileBoxes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal const int TilesOfGroup = 16;

    private readonly T[] _bounds;
    private readonly T[] _boundsOfGroup;
    private readonly int _dimension;

    internal TileBoxes(PointSet<T> points, int[]? order, TileKernel<T> kernel, ParallelOptions parallel)
    {
        _dimension = points.Dimension;
        TileCount = (points.Count + Width - 1) / Width;
        GroupCount = (TileCount + TilesOfGroup - 1) / TilesOfGroup;
        _bounds = GC.AllocateUninitializedArray<T>(TileCount * 2 * _dimension);
        _boundsOfGroup = GC.AllocateUninitializedArray<T>(GroupCount * 2 * _dimension);
        var blocks = Blocks.For(points.Count);
        blocks.ForEach(parallel, block => Enclose(points, order, kernel, blocks.Start(block), blocks.Start(block) + blocks.Length(block)));
    }

    // Known when the code is compiled: to divide by it is a shift.
    private static int Width => PointTile.Width<T>();

    internal int TileCount { get; }

    internal int GroupCount { get; }

    /// <summary>The least values of a tile's points, then the greatest: 2 x d.</summary>
    internal ReadOnlySpan<T> this[int tile] => _bounds.AsSpan(tile * 2 * _dimension, 2 * _dimension);

    /// <summary>The least values of a group's points, then the greatest: 2 x d.</summary>
    internal Span<T> Group(int group) => _boundsOfGroup.AsSpan(group * 2 * _dimension, 2 * _dimension);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enclose(PointSet<T> points, int[]? order, TileKernel<T> kernel, int start, int end)
    {
        var values = new T[_dimension * Width];
        for (int first = start; first < end; first += Width)
        {
            int tile = first / Width;
            PointTile.Load(points.Values, order, first, Math.Min(Width, end - first), _dimension, values);
            var box = _bounds.AsSpan(tile * 2 * _dimension, 2 * _dimension);
            kernel.Enclose(values, box);
            var group = Group(tile / TilesOfGroup);
            bool isFirst = tile % TilesOfGroup == 0;
            for (int j = 0; j < _dimension; j++)
            {
                group[j] = isFirst || box[j] < group[j] ? box[j] : group[j];
                int upper = _dimension + j;
                group[upper] = isFirst || box[upper] > group[upper] ? box[upper] : group[upper];
            }
        }
    }
}
