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
        if (points.Dimension >= MinDimensionForRows)
        {
            _panels = new CentroidPanels<T>(centroids, points.Dimension);
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
            int point = order is null ? place : order[place];
            if (_safeUntil[point] > _roundedDrift[Math.Max(clusters[point], 0)])
            {
                continue;
            }

            waiting[count++] = point;
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
            _safeUntil[point] = T.BitDecrement(T.CreateTruncating(_drift[nearest[lane]] + Gap(squares[lane], seconds[lane])));
        }

        return moved;
    }

    // By how much the centroids may move before the kernel could prefer another. Its distances are off by a few units
    // in the last place for each dimension, and by the least normal number where they underflow.
    private double Gap(T square, T second)
    {
        double nearest = Math.Sqrt(double.CreateTruncating(square));
        double next = Math.Sqrt(double.CreateTruncating(second));
        double rounding = (4 * (points.Dimension + 4) * Precision.UnitInLastPlace<T>() * (nearest + next)) + Math.Sqrt(4 * (points.Dimension + 4) * Precision.LeastNormal<T>());
        return next - nearest - rounding;
    }

    private void AddMoves(T[] from, T[] to)
    {
        int d = points.Dimension;
        var move = new double[_drift.Length];
        for (int cluster = 0; cluster < move.Length; cluster++)
        {
            double sum = 0;
            for (int i = cluster * d; i < (cluster + 1) * d; i++)
            {
                double difference = double.CreateTruncating(to[i]) - double.CreateTruncating(from[i]);
                sum += difference * difference;
            }

            move[cluster] = Math.Sqrt(sum) * (1 + (4 * (d + 4) * Precision.UnitInLastPlace<double>()));
        }

        int farthest = Array.IndexOf(move, move.Max());
        double longest = move[farthest];
        double second = 0;
        for (int cluster = 0; cluster < move.Length; cluster++)
        {
            second = cluster != farthest && move[cluster] > second ? move[cluster] : second;
        }

        for (int cluster = 0; cluster < move.Length; cluster++)
        {
            _drift[cluster] = Math.BitIncrement(_drift[cluster] + move[cluster] + (cluster == farthest ? second : longest));
            _roundedDrift[cluster] = T.BitIncrement(T.CreateTruncating(_drift[cluster]));
        }
    }
}
