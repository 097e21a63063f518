using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Assignment;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Refinement;

/// <summary>
/// The tiles of the points of a search, made once, and the nearest centroids of their points. From one assignment to the
/// next most tiles are left alone: those that are far from every centroid which has moved.
/// </summary>
internal sealed class SearchTiles<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Tiles of more values than this would take as much memory as the points, which are then read where they are.
    private const int MostKept = 1 << 20;

    // With fewer clusters than these it takes no longer to measure all centroids than to leave out the far ones.
    private const int MinClustersForBoxes = 48;

    private readonly TileKernel<T> _kernel;
    private readonly CancellationToken _cancellationToken;
    private readonly T[] _tiles;
    private readonly TileBoxes<T>? _boxes;
    private readonly CentroidPanels<T> _panels;
    private readonly CentroidPanels<T> _places;
    private NearCentroids<T> _near;
    private int _mostNear;
    private bool _usesBoxes;

    /// <param name="points">n x d points.</param>
    /// <param name="kernel">The kernel that measures.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal SearchTiles(PointSet<T> points, TileKernel<T> kernel, CancellationToken cancellationToken)
    {
        _kernel = kernel;
        _cancellationToken = cancellationToken;
        int d = points.Dimension;
        AreKept = Keeps(points);
        if (AreKept && AlgorithmChoice.OrderPays(points))
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = cancellationToken };
            int[] order = SpatialOrder.Of(points, parallel);
            points = points.Select(order, points.IsWeighted ? Array.ConvertAll(order, point => points.Weights[point]) : null);
            _boxes = new TileBoxes<T>(points, order: null, kernel, parallel);
        }

        Points = points;
        Count = (points.Count + Width - 1) / Width;
        _tiles = AreKept ? new T[Count * Width * d] : [];
        for (int tile = 0; AreKept && tile < Count; tile++)
        {
            PointTile.Transpose(points.Values.Slice(tile * Width * d, PointsOf(tile) * d), d, _tiles.AsSpan(tile * Width * d, Width * d));
        }

        _panels = new CentroidPanels<T>([], d);
        _places = new CentroidPanels<T>([], d);
        _near = new NearCentroids<T>(0, d);
    }

    /// <summary>The points; in few dimensions in an order that keeps neighbours together.</summary>
    internal PointSet<T> Points { get; }

    /// <summary>Whether the tiles are kept.</summary>
    internal bool AreKept { get; }

    internal int Count { get; }

    /// <summary>Whether tiles are left alone that are far from what has moved.</summary>
    internal bool HasBoxes => _boxes is not null;

    /// <summary>The points of a tile, of which the last may have fewer.</summary>
    internal int Width { get; } = PointTile.Width<T>();

    /// <summary>Brings an optimum's points to its centroids, which are not the same as before.</summary>
    /// <param name="optimum">What is brought up to date.</param>
    /// <param name="places">
    /// All places that a centroid has left or come to, d values each. A tile that is farther from them than its points
    /// are from their centroids keeps its clusters.
    /// </param>
    /// <param name="sums">Where it is given, it is told which points change their cluster.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Assign(Optimum<T> optimum, ReadOnlySpan<T> places, BlockMoves<T>? sums)
    {
        Prepare(optimum.Centroids);
        bool isNearAll = _boxes is null || places.Length > optimum.Centroids.Length; // then it takes no longer to look at all tiles
        if (!isNearAll)
        {
            _places.Fill(places);
        }

        for (int tile = 0; tile < Count; tile++)
        {
            T least = isNearAll ? T.NegativeInfinity : _kernel.LeastSquareToBox(_boxes![tile], _places);
            if (least <= optimum.Reach[tile])
            {
                FindNearest(optimum, tile, sums);
            }
            else if (least <= optimum.ReachOfSeconds[tile])
            {
                optimum.ReachOfSeconds[tile] = T.NegativeInfinity;
            }
        }

        optimum.Inertia = Sum(optimum.InertiaOfTile);
    }

    /// <summary>Finds the second nearest centroids where they are not known.</summary>
    internal void FindSeconds(Optimum<T> optimum)
    {
        Prepare(optimum.Centroids);
        for (int tile = 0; tile < Count; tile++)
        {
            if (optimum.ReachOfSeconds[tile] < T.Zero)
            {
                FindSeconds(optimum, tile);
            }
        }
    }

    /// <summary>The squared distance of every point to one place.</summary>
    /// <param name="place">d values.</param>
    /// <param name="squares">Room for the points of all tiles.</param>
    internal void Measure(ReadOnlySpan<T> place, Span<T> squares)
    {
        var panels = AreKept ? null : new CentroidPanels<T>(place, Points.Dimension);
        Span<int> labels = stackalloc int[Width];
        Span<T> seconds = stackalloc T[Width];
        for (int tile = 0; tile < Count; tile++)
        {
            var ofTile = squares.Slice(tile * Width, Width);
            if (panels is null)
            {
                _kernel.Nearest(Tile(tile), place, Points.Dimension, labels, ofTile);
            }
            else
            {
                NearestTwoOfRows(tile, panels, labels, ofTile, seconds);
            }
        }
    }

    /// <summary>Whether the tiles of some points are kept.</summary>
    internal static bool Keeps(PointSet<T> points) => points.Values.Length <= MostKept;

    /// <summary>d x width values of the points of a tile, where they are kept.</summary>
    internal ReadOnlySpan<T> Tile(int tile) => _tiles.AsSpan(tile * Width * Points.Dimension, Width * Points.Dimension);

    private int PointsOf(int tile) => Math.Min(Width, Points.Count - (tile * Width));

    // Makes ready to find the nearest of some centroids.
    private void Prepare(T[] centroids)
    {
        int k = centroids.Length / Points.Dimension;
        _usesBoxes = _boxes is not null && k >= MinClustersForBoxes;
        if (_usesBoxes || !AreKept)
        {
            _panels.Fill(centroids);
        }

        if (_usesBoxes && k > _mostNear)
        {
            _mostNear = k;
            _near = new NearCentroids<T>(k, Points.Dimension);
        }
    }

    // In many dimensions the second nearest cost little more; in few they are left until they are asked for.
    private void FindNearest(Optimum<T> optimum, int tile, BlockMoves<T>? sums)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        Span<int> labels = stackalloc int[Width];
        var squares = optimum.Squares.AsSpan(tile * Width, Width);
        var seconds = optimum.Seconds.AsSpan(tile * Width, Width);
        optimum.ReachOfSeconds[tile] = _boxes is null ? T.PositiveInfinity : T.NegativeInfinity;
        if (!AreKept)
        {
            NearestTwoOfRows(tile, _panels, labels, squares, seconds);
        }
        else if (_boxes is null)
        {
            _kernel.NearestTwo(Tile(tile), optimum.Centroids, Points.Dimension, labels, squares, seconds);
        }
        else if (!_usesBoxes)
        {
            _kernel.Nearest(Tile(tile), optimum.Centroids, Points.Dimension, labels, squares);
        }
        else
        {
            _near.Find(_kernel, _boxes[tile], _panels);
            _kernel.Nearest(Tile(tile), _near.Rows(optimum.Centroids), Points.Dimension, labels, squares);
            foreach (ref int label in labels)
            {
                label = _near.Clusters[label];
            }
        }

        if (HasBoxes)
        {
            optimum.Reach[tile] = _kernel.Reach(squares, Points.Dimension);
        }

        optimum.InertiaOfTile[tile] = Inertia(tile, squares);
        Relabel(optimum.Nearest, tile, labels, sums);
    }

    private void FindSeconds(Optimum<T> optimum, int tile)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        Span<int> labels = stackalloc int[Width];
        var squares = optimum.Squares.AsSpan(tile * Width, Width);
        var seconds = optimum.Seconds.AsSpan(tile * Width, Width);
        ReadOnlySpan<T> rows = optimum.Centroids;
        if (_usesBoxes)
        {
            _near.FindPairs(_kernel, _boxes![tile], _panels);
            rows = _near.Rows(optimum.Centroids);
        }

        _kernel.NearestTwo(Tile(tile), rows, Points.Dimension, labels, squares, seconds);
        optimum.ReachOfSeconds[tile] = _kernel.Reach(seconds, Points.Dimension);
    }

    private void NearestTwoOfRows(int tile, CentroidPanels<T> panels, Span<int> labels, Span<T> squares, Span<T> seconds)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        Span<int> places = stackalloc int[Width];
        for (int lane = 0; lane < Width; lane++)
        {
            places[lane] = (tile * Width) + lane;
        }

        _kernel.NearestTwoOfRows(Points.Values, places[..PointsOf(tile)], panels, labels, squares, seconds);
    }

    private void Relabel(int[] nearest, int tile, ReadOnlySpan<int> labels, BlockMoves<T>? sums)
    {
        int first = tile * Width;
        labels = labels[..PointsOf(tile)];
        var before = nearest.AsSpan(first, labels.Length);
        if (labels.SequenceEqual(before))
        {
            return;
        }

        for (int lane = 0; sums is not null && lane < labels.Length; lane++)
        {
            if (before[lane] != labels[lane])
            {
                sums.Note(first + lane, before[lane], labels[lane]);
            }
        }

        labels.CopyTo(before);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Inertia(int tile, ReadOnlySpan<T> squares)
    {
        int count = PointsOf(tile);
        return VectorSum.Of(squares[..count], Points.IsWeighted ? Points.Weights.Slice(tile * Width, count) : default);
    }

    private static double Sum(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
