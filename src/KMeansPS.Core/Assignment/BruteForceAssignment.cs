using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Assignment;

/// <summary>
/// Looks at every centroid for every point: the reference that any faster way must equal (S. Lloyd, 1982, "Least
/// squares quantization in PCM"). n x K x d multiplications a round.
/// </summary>
/// <param name="points">n x d points.</param>
/// <param name="order">The order in which they are gone over; null for their own.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class BruteForceAssignment<T>(PointSet<T> points, int[]? order, TileKernel<T> kernel) : AssignmentMethod<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _centroids = [];

    internal override void Begin(T[] centroids) => _centroids = centroids;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Assign(int start, int length, int[] clusters, BlockMoves<T>? moves, CancellationToken cancellationToken)
    {
        int width = PointTile.Width<T>();
        Span<int> nearest = stackalloc int[width];
        Span<T> squares = stackalloc T[width];
        int moved = 0;
        using var tiles = new TileCursor<T>(points, order, start, length, cancellationToken);
        while (tiles.MoveNext())
        {
            kernel.Nearest(tiles.Load(), _centroids, points.Dimension, nearest, squares);
            for (int lane = 0; lane < tiles.Count; lane++)
            {
                moved += Move(tiles.PointAt(lane), nearest[lane], clusters, moves);
            }
        }

        return moved;
    }
}
