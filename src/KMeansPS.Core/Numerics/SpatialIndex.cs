using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>The points in an order that keeps neighbours together, and the boxes of its tiles; made when first needed.</summary>
/// <param name="points">n x d points.</param>
/// <param name="isWanted">Whether there shall be one; else the points stay in their own order, without boxes.</param>
/// <param name="parallel">Threads and cancellation.</param>
internal sealed class SpatialIndex<T>(PointSet<T> points, bool isWanted, ParallelOptions parallel)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[]? _order;
    private TileBoxes<T>? _boxes;

    /// <summary>Whether the points lie in such an order already.</summary>
    internal bool IsInOrder { get; init; }

    /// <summary>A permutation of the points; null for their own order.</summary>
    internal int[]? Order => isWanted && !IsInOrder ? _order ??= SpatialOrder.Of(points, parallel) : null;

    /// <summary>The boxes of the tiles of the order; null where there is none.</summary>
    internal TileBoxes<T>? Boxes => isWanted ? _boxes ??= new TileBoxes<T>(points, Order, TileKernel<T>.ForThisProcessor(), parallel) : null;
}
