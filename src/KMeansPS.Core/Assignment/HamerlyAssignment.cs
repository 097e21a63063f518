using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Assignment;

/// <summary>
/// Remembers for each point how much farther its second nearest centroid was than its nearest, and looks at the point
/// again only when the centroids have moved by as much since (G. Hamerly, 2010, "Making k-means even faster", with the
/// two bounds drawn together into one). The points that are looked at are gathered, so that the kernel always has its
/// hands full.
/// </summary>
/// <param name="points">n x d points.</param>
/// <param name="order">The order in which they are gone over; null for their own.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class HamerlyAssignment<T>(PointSet<T> points, int[]? order, TileKernel<T> kernel) : AssignmentMethod<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // From here on turning points into tiles costs more than lanes without a centroid.
    private const int MinDimensionForRows = 16;
    private const int MinClustersForRows = 9;

    // A point is safe in its cluster until the drift of the cluster has grown past this.
    private readonly T[] _safeUntil = new T[points.Count];
    private T[] _centroids = [];
    private CentroidPanels<T>? _panels;

    // For each cluster, how far its centroid, and at the same time any other, can have moved in all: the sum over the
    // rounds of its own move and of the longest move of another. Rounded upwards.
    private double[] _drift = [];
    private T[] _roundedDrift = [];

    internal override void Begin(T[] centroids)
    {
        if (_centroids.Length == 0)
        {
            _drift = new double[centroids.Length / points.Dimension];
            _roundedDrift = new T[_drift.Length];
            Forget();
        }
        else
        {
            AddMoves(_centroids, centroids);
        }

        _centroids = centroids;
        if (points.Dimension >= MinDimensionForRows && _drift.Length >= MinClustersForRows)
        {
            _panels ??= new CentroidPanels<T>([], points.Dimension);
            _panels.Fill(centroids);
        }
    }

    internal override void Forget() => Array.Fill(_safeUntil, T.NegativeInfinity);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Assign(int start, int length, int[] clusters, BlockMoves<T>? moves, CancellationToken cancellationToken)
    {
        int width = PointTile.Width<T>();
        Span<int> waiting = stackalloc int[width];
        int count = 0;
        int moved = 0;
        var rented = ArrayPool<T>.Shared.Rent(points.Dimension * width);
        var tile = rented.AsSpan(0, points.Dimension * width);
        for (int place = start; place < start + length; place++)
        {
            // Whether a point is safe cannot be foretold: it is put at the end in any case, which moves on if it is not.
            int point = order is null ? place : order[place];
            waiting[count] = point;
            count += _safeUntil[point] > _roundedDrift[Math.Max(clusters[point], 0)] ? 0 : 1;
            if (count == width)
            {
                moved += Assign(waiting, tile, clusters, moves, cancellationToken);
                count = 0;
            }
        }

        if (count > 0)
        {
            moved += Assign(waiting[..count], tile, clusters, moves, cancellationToken);
        }

        ArrayPool<T>.Shared.Return(rented);
        return moved;
    }

    private int Assign(ReadOnlySpan<int> waiting, Span<T> tile, int[] clusters, BlockMoves<T>? moves, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int width = PointTile.Width<T>();
        Span<int> nearest = stackalloc int[width];
        Span<T> squares = stackalloc T[width];
        Span<T> seconds = stackalloc T[width];
        if (_panels is not null)
        {
            kernel.NearestTwoOfRows(points.Values, waiting, _panels, nearest, squares, seconds);
        }
        else
        {
            PointTile.Gather(points.Values, waiting, points.Dimension, tile);
            kernel.NearestTwo(tile, _centroids, points.Dimension, nearest, squares, seconds);
        }

        int moved = 0;
        for (int lane = 0; lane < waiting.Length; lane++)
        {
            int point = waiting[lane];
            moved += Move(point, nearest[lane], clusters, moves);
            _safeUntil[point] = T.BitDecrement(T.CreateTruncating(_drift[nearest[lane]] + Precision.Gap(squares[lane], seconds[lane], points.Dimension)));
        }

        return moved;
    }

    private void AddMoves(T[] from, T[] to)
    {
        var moves = CentroidMoves.Between(from, to, points.Dimension);
        for (int cluster = 0; cluster < _drift.Length; cluster++)
        {
            _drift[cluster] = Math.BitIncrement(_drift[cluster] + moves.OfAndAgainst(cluster));
            _roundedDrift[cluster] = T.BitIncrement(T.CreateTruncating(_drift[cluster]));
        }
    }
}
