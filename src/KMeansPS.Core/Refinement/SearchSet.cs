using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KMeansPS.Assignment;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Refinement;

/// <summary>
/// A few thousand points for many short runs of Lloyd's rounds: their tiles are made once. The runs have no bounds and no
/// threads, since so few points do not repay them.
/// </summary>
internal sealed class SearchSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A run is given up when it would need more than this many rounds like its last one to come down to its rival.
    private const int Patience = 3;

    // Tiles of more values than this would take as much memory as the points, which are then read where they are.
    private const int MostKept = 1 << 20;

    // With fewer clusters than these it takes no longer to measure all centroids than to leave out the far ones.
    private const int MinClustersForBoxes = 16;

    private readonly TileKernel<T> _kernel;
    private readonly double _threshold;
    private readonly CancellationToken _cancellationToken;
    private readonly int _width = PointTile.Width<T>();
    private readonly T[] _tiles;
    private readonly TileBoxes<T>? _boxes;

    /// <param name="points">n x d points.</param>
    /// <param name="threshold">The sum of squared moves at or below which a run has converged.</param>
    /// <param name="kernel">The kernel that measures.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal SearchSet(PointSet<T> points, double threshold, TileKernel<T> kernel, CancellationToken cancellationToken)
    {
        _kernel = kernel;
        _threshold = threshold;
        _cancellationToken = cancellationToken;
        int d = points.Dimension;
        AreKept = points.Values.Length <= MostKept;
        if (AreKept && d <= SpatialOrder.MaxDimension)
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = cancellationToken };
            int[] order = SpatialOrder.Of(points, parallel);
            points = points.Select(order, points.IsWeighted ? Array.ConvertAll(order, point => points.Weights[point]) : null);
            _boxes = new TileBoxes<T>(points, order: null, kernel, parallel);
        }

        Points = points;
        _tiles = AreKept ? new T[(points.Count + _width - 1) / _width * _width * d] : [];
        for (int first = 0; AreKept && first < points.Count; first += _width)
        {
            PointTile.Transpose(points.Values.Slice(first * d, Math.Min(_width, points.Count - first) * d), d, _tiles.AsSpan(first * d, _width * d));
        }
    }

    /// <summary>The points; in few dimensions in an order that keeps neighbours together.</summary>
    internal PointSet<T> Points { get; }

    /// <summary>Whether the tiles are kept, so that a run costs little.</summary>
    internal bool AreKept { get; }

    internal double WeightOf(int point) => Points.IsWeighted ? Points.Weights[point] : 1;

    /// <summary>Lloyd's rounds from some centroids.</summary>
    /// <param name="centroids">K x d values.</param>
    /// <param name="rounds">The most rounds.</param>
    /// <param name="rival">Where it is given, the run ends as soon as it is not to be expected to become better than this.</param>
    internal Optimum<T> Run(T[] centroids, int rounds, Optimum<T>? rival = null)
    {
        var optimum = Assign(centroids, null);
        var sums = new BlockMoves<T>(Points, centroids.Length / Points.Dimension);
        Optimum<T>? counted = null; // of which the sums are; the one before it lends its memory to the next
        for (int round = 0; round < rounds; round++)
        {
            Note(sums, counted?.Nearest, optimum.Nearest);
            var used = counted;
            counted = optimum;
            var means = Means(optimum, sums.Sums);
            double shift = 0;
            for (int i = 0; i < means.Length; i++)
            {
                double move = double.CreateTruncating(means[i]) - double.CreateTruncating(optimum.Centroids[i]);
                shift += move * move;
            }

            double before = optimum.Inertia;
            optimum = Assign(means, used);
            if (shift <= _threshold || (rival is not null && optimum.Inertia - rival.Inertia > Patience * (before - optimum.Inertia)))
            {
                break;
            }
        }

        return optimum;
    }

    /// <summary>The weighted squared distance of every point to one place.</summary>
    internal void Measure(ReadOnlySpan<T> place, double[] squares)
    {
        var panels = AreKept ? null : new CentroidPanels<T>(place, Points.Dimension);
        Span<int> labels = stackalloc int[_width];
        Span<T> lanes = stackalloc T[_width];
        Span<T> seconds = stackalloc T[_width];
        for (int first = 0; first < Points.Count; first += _width)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            FindNearest(first, place, panels, labels, lanes, seconds);
            Store(first, lanes, squares);
        }
    }

    private ReadOnlySpan<T> Tile(int first) => _tiles.AsSpan(first * Points.Dimension, _width * Points.Dimension);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Optimum<T> Assign(T[] centroids, Optimum<T>? used)
    {
        var nearest = used?.Nearest ?? new int[Points.Count];
        var squares = used?.Squares ?? new double[nearest.Length];
        var seconds = used?.Seconds ?? new double[nearest.Length];
        Span<int> labels = stackalloc int[_width];
        Span<T> own = stackalloc T[_width];
        Span<T> second = stackalloc T[_width];
        int k = centroids.Length / Points.Dimension;
        var near = _boxes is not null && k >= MinClustersForBoxes ? new NearCentroids<T>(k, Points.Dimension) : null;
        var panels = AreKept && near is null ? null : new CentroidPanels<T>(centroids, Points.Dimension);
        for (int first = 0; first < nearest.Length; first += _width)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (near is null)
            {
                FindNearest(first, centroids, panels, labels, own, second);
            }
            else
            {
                FindNearest(first, centroids, panels!, near, labels, own, second);
            }

            labels[..Math.Min(_width, nearest.Length - first)].CopyTo(nearest.AsSpan(first));
            Store(first, own, squares);
            Store(first, second, seconds);
        }

        return new Optimum<T>(centroids, nearest, squares, seconds);
    }

    // A tile of neighbours against the centroids near its box.
    private void FindNearest(
        int first, T[] centroids, CentroidPanels<T> panels, NearCentroids<T> near, Span<int> labels, Span<T> own, Span<T> second)
    {
        near.FindPairs(_kernel, _boxes![first / _width], panels);
        _kernel.NearestTwo(Tile(first), near.Rows(centroids), Points.Dimension, labels, own, second);
        foreach (ref int label in labels)
        {
            label = near.Clusters[label];
        }
    }

    // Against all centroids, which are in panels where there are no tiles.
    private void FindNearest(int first, ReadOnlySpan<T> centroids, CentroidPanels<T>? panels, Span<int> labels, Span<T> own, Span<T> second)
    {
        if (panels is null)
        {
            _kernel.NearestTwo(Tile(first), centroids, Points.Dimension, labels, own, second);
            return;
        }

        Span<int> places = stackalloc int[_width];
        for (int lane = 0; lane < _width; lane++)
        {
            places[lane] = first + lane;
        }

        _kernel.NearestTwoOfRows(Points.Values, places[..Math.Min(_width, Points.Count - first)], panels, labels, own, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store(int first, ReadOnlySpan<T> lanes, double[] squares)
    {
        var stored = squares.AsSpan(first, Math.Min(_width, squares.Length - first));
        int lane = stored.Length == _width ? Widen(lanes, stored) : 0;
        for (; lane < stored.Length; lane++)
        {
            stored[lane] = double.CreateTruncating(lanes[lane]);
        }

        for (lane = 0; Points.IsWeighted && lane < stored.Length; lane++)
        {
            stored[lane] *= Points.Weights[first + lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Widen(ReadOnlySpan<T> lanes, Span<double> stored)
    {
        if (typeof(T) == typeof(double))
        {
            MemoryMarshal.Cast<T, double>(lanes).CopyTo(stored);
            return stored.Length;
        }

        var narrow = MemoryMarshal.Cast<T, Vector<float>>(lanes);
        var wide = MemoryMarshal.Cast<double, Vector<double>>(stored);
        for (int v = 0; v < narrow.Length; v++)
        {
            Vector.Widen(narrow[v], out wide[2 * v], out wide[(2 * v) + 1]);
        }

        return stored.Length;
    }

    private static void Note(BlockMoves<T> sums, int[]? before, int[] labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (before is null || before[i] != labels[i])
            {
                sums.Note(i, before is null ? -1 : before[i], labels[i]);
            }
        }
    }

    // An emptied cluster takes the point that is farthest from its centroid.
    private T[] Means(Optimum<T> optimum, ReadOnlySpan<double> sums)
    {
        int d = Points.Dimension;
        var means = new T[optimum.Centroids.Length];
        double[]? left = null;
        for (int cluster = 0; cluster * d < means.Length; cluster++)
        {
            var sum = sums.Slice(cluster * (d + 2), d + 2);
            var mean = means.AsSpan(cluster * d, d);
            if (sum[d + 1] == 0)
            {
                left ??= optimum.Squares.ToArray();
                int farthest = Array.IndexOf(left, left.Max());
                left[farthest] = 0;
                Points[farthest].CopyTo(mean);
                continue;
            }

            for (int j = 0; j < d; j++)
            {
                mean[j] = T.CreateTruncating(sum[j] / sum[d]);
            }
        }

        return means;
    }
}
