using System.Numerics;
using System.Runtime.InteropServices;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Refinement;

/// <summary>
/// A few thousand points for many short runs of Lloyd's rounds. The runs have no threads, since so few points do not
/// repay them.
/// </summary>
internal sealed class SearchSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _threshold;
    private readonly SearchTiles<T> _tiles;
    private readonly Stack<Optimum<T>> _spare = [];

    /// <param name="points">n x d points.</param>
    /// <param name="threshold">The sum of squared moves at or below which a run has converged.</param>
    /// <param name="kernel">The kernel that measures.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal SearchSet(PointSet<T> points, double threshold, TileKernel<T> kernel, CancellationToken cancellationToken)
    {
        _threshold = threshold;
        _tiles = new SearchTiles<T>(points, kernel, cancellationToken);
    }

    /// <summary>The points; in few dimensions in an order that keeps neighbours together.</summary>
    internal PointSet<T> Points => _tiles.Points;

    /// <summary>Whether the tiles are kept, so that a run costs little.</summary>
    internal bool AreKept => _tiles.AreKept;

    /// <summary>How much has been done so far: the centroids of all rounds, whether tiles were left alone or not.</summary>
    internal long Work { get; private set; }

    /// <summary>The points of all tiles, the last of which may not be full.</summary>
    internal int RoomForPoints => _tiles.Count * _tiles.Width;

    internal double WeightOf(int point) => Points.IsWeighted ? Points.Weights[point] : 1;

    /// <summary>Lloyd's rounds from some centroids.</summary>
    /// <param name="centroids">K x d values.</param>
    /// <param name="rounds">The most rounds.</param>
    /// <param name="rival">Where it is given, the run ends as soon as it is not to be expected to become better than this:</param>
    /// <param name="patience">when it would need more than so many rounds like its last one to come down to it.</param>
    internal Optimum<T> Run(T[] centroids, int rounds, Optimum<T>? rival = null, int patience = SearchPlan.LittlePatience)
    {
        var start = Room();
        Array.Fill(start.Reach, T.PositiveInfinity);
        start.Centroids = [];
        Move(start, centroids, null);
        return Run(start, rounds, rival, patience);
    }

    /// <summary>Lloyd's rounds from what becomes their end.</summary>
    /// <param name="optimum">The centroids, and the points to them.</param>
    /// <param name="rounds">The most rounds.</param>
    /// <param name="rival">Where it is given, the run ends as soon as it is not to be expected to become better than this:</param>
    /// <param name="patience">when it would need more than so many rounds like its last one to come down to it.</param>
    internal Optimum<T> Run(Optimum<T> optimum, int rounds, Optimum<T>? rival = null, int patience = SearchPlan.LittlePatience)
    {
        var sums = new BlockMoves<T>(Points, optimum.Centroids.Length / Points.Dimension);
        sums.AddAll(0, Points.Count, optimum.Nearest);
        for (int round = 0; round < rounds; round++)
        {
            var means = Means(optimum, sums.Sums);
            double shift = 0;
            for (int i = 0; i < means.Length; i++)
            {
                double move = Precision.ToDouble(means[i]) - Precision.ToDouble(optimum.Centroids[i]);
                shift += move * move;
            }

            double before = optimum.Inertia;
            Move(optimum, means, sums);
            if (shift <= _threshold || (rival is not null && optimum.Inertia - rival.Inertia > patience * (before - optimum.Inertia)))
            {
                break;
            }
        }

        return optimum;
    }

    /// <summary>The points to other centroids, most of which are the same as those of an optimum. There may be more of them.</summary>
    internal Optimum<T> With(Optimum<T> optimum, T[] centroids)
    {
        var other = Room();
        other.CopyFrom(optimum);
        Move(other, centroids, null);
        return other;
    }

    /// <summary>Leaves some centroids out of an optimum.</summary>
    internal void Remove(Optimum<T> optimum, IReadOnlySet<int> lost)
    {
        int d = Points.Dimension;
        var before = optimum.Centroids;
        var numbers = new int[before.Length / d];
        var places = new List<T>();
        var kept = new List<T>();
        for (int cluster = 0; cluster < numbers.Length; cluster++)
        {
            bool isLost = lost.Contains(cluster);
            numbers[cluster] = isLost ? -1 : kept.Count / d;
            (isLost ? places : kept).AddRange(before.AsSpan(cluster * d, d));
        }

        foreach (ref int cluster in optimum.Nearest.AsSpan())
        {
            cluster = numbers[cluster];
        }

        optimum.Centroids = [.. kept];
        _tiles.Assign(optimum, CollectionsMarshal.AsSpan(places), null);
    }

    /// <summary>Says that an optimum is not needed any more, so that another one can have its memory.</summary>
    internal void Discard(Optimum<T> optimum) => _spare.Push(optimum);

    /// <summary>The squared distance of each point to its second nearest centroid.</summary>
    internal ReadOnlySpan<T> Seconds(Optimum<T> optimum)
    {
        _tiles.FindSeconds(optimum);
        return optimum.Seconds.AsSpan(0, Points.Count);
    }

    /// <summary>The squared distance of every point to one place.</summary>
    /// <param name="place">d values.</param>
    /// <param name="squares">Room for the points of all tiles.</param>
    internal void Measure(ReadOnlySpan<T> place, Span<T> squares) => _tiles.Measure(place, squares);

    /// <summary>The points of a tile, of those that are kept: d x width values.</summary>
    internal ReadOnlySpan<T> Tile(int tile) => _tiles.Tile(tile);

    private Optimum<T> Room() => _spare.TryPop(out var spare) ? spare : new Optimum<T>(Points.Count, _tiles.Width);

    // Brings the points to other centroids; those beyond the ones before are new.
    private void Move(Optimum<T> optimum, T[] centroids, BlockMoves<T>? sums)
    {
        int d = Points.Dimension;
        var before = optimum.Centroids;
        var places = new List<T>();
        for (int at = 0; _tiles.HasBoxes && at < centroids.Length; at += d)
        {
            var now = centroids.AsSpan(at, d);
            var then = at < before.Length ? before.AsSpan(at, d) : default;
            if (!now.SequenceEqual(then))
            {
                places.AddRange(then);
                places.AddRange(now);
            }
        }

        optimum.Centroids = centroids;
        Work += centroids.Length / d;
        _tiles.Assign(optimum, CollectionsMarshal.AsSpan(places), sums);
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
                left ??= [.. Enumerable.Range(0, Points.Count).Select(i => WeightOf(i) * Precision.ToDouble(optimum.Squares[i]))];
                int farthest = Array.IndexOf(left, left.Max());
                left[farthest] = 0;
                Points[farthest].CopyTo(mean);
                continue;
            }

            for (int j = 0; j < d; j++)
            {
                mean[j] = Precision.Round<T>(sum[j] / sum[d]);
            }
        }

        return means;
    }
}
