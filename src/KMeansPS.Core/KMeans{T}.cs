using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Numerics;
using KMeansPS.Seeding;
using KMeansPS.Update;

namespace KMeansPS;

/// <summary>
/// k-means by Lloyd's rounds: assign every point to its nearest centroid, move every centroid to the mean of its
/// points, until nothing changes. The steps can be called one by one, and <see cref="Fit(PointSet{T}, int, IProgress{KMeansProgress}?)"/>
/// is the whole run. The same points, options and seed give the same bits on any number of threads and any processor.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class KMeans<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly KMeansOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly TileKernel<T> _kernel;

    /// <summary>Makes ready for runs.</summary>
    /// <param name="options">How runs are done.</param>
    /// <param name="parallel">How many threads they may take, and the token that stops them.</param>
    public KMeans(KMeansOptions? options = null, ParallelOptions? parallel = null)
        : this(options, parallel, TileKernel<T>.ForThisProcessor())
    {
    }

    internal KMeans(KMeansOptions? options, ParallelOptions? parallel, TileKernel<T> kernel)
    {
        _options = options ?? new KMeansOptions();
        _options.Validate();
        _parallel = parallel ?? new ParallelOptions();
        _kernel = kernel;
    }

    /// <summary>Chooses initial centroids among the points.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="k">K, 1 to n.</param>
    /// <returns>K x d centroids; fewer where k-means++ finds fewer distinct points.</returns>
    public PointSet<T> Seed(PointSet<T> points, int k) => Seed(points, k, new Xoshiro256(_options.Seed));

    /// <summary>The nearest centroid of every point, and the distance to it. Of equally near ones the lowest.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="centroids">K x d centroids.</param>
    public KMeansAssignment Assign(PointSet<T> points, PointSet<T> centroids)
    {
        ThrowIfDimensionsDiffer(points, centroids);
        var blocks = Blocks.For(points.Count, centroids.Count);
        var clusters = new int[points.Count];
        AssignAll(points, centroids.Values.ToArray(), clusters, blocks);
        var distances = OwnDistance.Squares(points, centroids.Values.ToArray(), clusters, blocks, _parallel);
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Sqrt(distances[i]);
        }

        return new KMeansAssignment(clusters, distances, centroids, points.Picture);
    }

    /// <summary>The mean of the points of each cluster. A cluster without points keeps its former centroid.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="clusters">n cluster numbers, 0 to K - 1.</param>
    /// <param name="former">K x d centroids.</param>
    public KMeansUpdate Update(PointSet<T> points, int[] clusters, PointSet<T> former)
    {
        ThrowIfDimensionsDiffer(points, former);
        ArgumentNullException.ThrowIfNull(clusters);
        if (clusters.Length != points.Count)
        {
            throw new ArgumentException($"{points.Count} points need {points.Count} cluster numbers, not {clusters.Length}.", nameof(clusters));
        }

        int refused = Array.FindIndex(clusters, cluster => cluster < 0 || cluster >= former.Count);
        if (refused >= 0)
        {
            throw new ArgumentException($"Point {refused} is in cluster {clusters[refused]}, but the clusters are 0 to {former.Count - 1}.", nameof(clusters));
        }

        var sums = new ClusterSums<T>(points, Blocks.For(points.Count, former.Count), former.Count);
        sums.Recompute(clusters, _parallel);
        return new KMeansUpdate(ToPoints(sums.Means(former.Values), points), sums.Counts());
    }

    /// <summary>The whole run, from centroids that the options' seeding chooses; the best of the options' restarts.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="k">K, 1 to n.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public KMeansResult Fit(PointSet<T> points, int k, IProgress<KMeansProgress>? progress = null)
    {
        ThrowIfKIsOutside(points, k);
        var random = new Xoshiro256(_options.Seed);
        KMeansResult? best = null;
        for (int run = 1; run <= _options.Restarts; run++)
        {
            var result = Run(points, Seed(points, k, random), k, _options.Seed, run, progress);
            if (best is null || result.Model.Inertia < best.Model.Inertia)
            {
                best = result;
            }
        }

        return best!;
    }

    /// <summary>The whole run from given centroids.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="initial">K x d centroids, K at most n.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public KMeansResult Fit(PointSet<T> points, PointSet<T> initial, IProgress<KMeansProgress>? progress = null)
    {
        ThrowIfDimensionsDiffer(points, initial);
        ThrowIfKIsOutside(points, initial.Count);
        return Run(points, initial, initial.Count, seed: null, run: 1, progress);
    }

    private KMeansResult Run(PointSet<T> points, PointSet<T> initial, int requestedK, long? seed, int run, IProgress<KMeansProgress>? progress)
    {
        int k = initial.Count;
        var blocks = Blocks.For(points.Count, k);
        var sums = new ClusterSums<T>(points, blocks, k);
        var clusters = new int[points.Count];
        Array.Fill(clusters, -1);
        var centroids = initial.Values.ToArray();
        double threshold = _options.Tolerance * ColumnVariance.Mean(points, blocks, _parallel);
        var trace = new TraceOfRun(_options.Trace);
        trace.Begin(initial);

        int iteration = 0;
        bool converged = false;
        bool current = false; // whether the assignment is that of these very centroids
        while (!converged && iteration < _options.MaxIterations)
        {
            iteration++;
            long moved = AssignAndSum(points, centroids, clusters, sums, blocks);
            trace.Complete(() => OwnDistance.Inertia(points, centroids, clusters, blocks, _parallel).Sum());
            if (moved == 0)
            {
                sums.Recompute(clusters, _parallel);
            }

            bool filled = EmptyClusters.Fill<T>(points, centroids, clusters, sums, blocks, _parallel);
            var means = sums.Means(centroids);
            double shift = SumOfSquaredMoves(centroids, means);
            centroids = means;
            current = shift == 0 && !filled;
            converged = shift <= threshold && !filled;
            trace.Add(iteration, () => ToPoints(centroids, points), moved, shift);
            progress?.Report(new KMeansProgress(run, iteration, moved, shift));
        }

        if (!current)
        {
            sums.Recompute(clusters, _parallel);
            centroids = sums.Means(centroids);
            AssignAll(points, centroids, clusters, blocks);
        }

        var inertia = OwnDistance.Inertia(points, centroids, clusters, blocks, _parallel);
        trace.Complete(inertia.Sum);
        var counts = new long[k];
        foreach (int cluster in clusters)
        {
            counts[cluster]++;
        }

        var kept = Enumerable.Range(0, k).Where(cluster => counts[cluster] > 0).ToArray();
        if (kept.Length < k)
        {
            DropEmpty(kept, points.Dimension, ref centroids, clusters, ref counts, ref inertia);
        }

        var figures = new KMeansFigures(counts, inertia, requestedK, iteration, converged, seed, trace.Steps);
        return new KMeansResult(new KMeansModel<T>(ToPoints(centroids, points), figures), clusters);
    }

    private PointSet<T> Seed(PointSet<T> points, int k, Xoshiro256 random)
    {
        ThrowIfKIsOutside(points, k);
        ISeeding<T> seeding = _options.Method switch
        {
            SeedingMethod.Random => new RandomSeeding<T>(),
            SeedingMethod.KMeansPlusPlus => new KMeansPlusPlus<T>(_kernel),
            _ => throw new InvalidOperationException($"There is no seeding method {_options.Method}."),
        };
        var chosen = seeding.Choose(points, k, random, _parallel);
        var centroids = new T[chosen.Length * points.Dimension];
        for (int i = 0; i < chosen.Length; i++)
        {
            points[chosen[i]].CopyTo(centroids.AsSpan(i * points.Dimension));
        }

        return ToPoints(centroids, points);
    }

    private void AssignAll(PointSet<T> points, T[] centroids, int[] clusters, Blocks blocks)
    {
        var assignment = new BruteForceAssignment<T>(points, _kernel);
        blocks.ForEach(_parallel, block =>
        {
            int start = blocks.Start(block);
            assignment.Assign(start, centroids, clusters.AsSpan(start, blocks.Length(block)), _parallel.CancellationToken);
        });
    }

    // Assignment and the sums of the update, block by block, while a block's points are still in the cache.
    private long AssignAndSum(PointSet<T> points, T[] centroids, int[] clusters, ClusterSums<T> sums, Blocks blocks)
    {
        var assignment = new BruteForceAssignment<T>(points, _kernel);
        long moved = 0;
        blocks.ForEach(_parallel, block =>
        {
            int start = blocks.Start(block);
            var before = clusters.AsSpan(start, blocks.Length(block));
            var after = new int[before.Length];
            assignment.Assign(start, centroids, after, _parallel.CancellationToken);
            Interlocked.Add(ref moved, sums.Move(block, before, after));
            after.CopyTo(before);
        });
        sums.Merge();
        return moved;
    }

    private static double SumOfSquaredMoves(T[] from, T[] to)
    {
        double sum = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double move = double.CreateTruncating(to[i]) - double.CreateTruncating(from[i]);
            sum += move * move;
        }

        return sum;
    }

    // The clusters that no point could be found for: there are fewer distinct points than centroids.
    private static void DropEmpty(int[] kept, int dimension, ref T[] centroids, int[] clusters, ref long[] counts, ref double[] inertia)
    {
        var former = (centroids, counts, inertia);
        centroids = [.. kept.SelectMany(cluster => former.centroids.AsSpan(cluster * dimension, dimension).ToArray())];
        counts = [.. kept.Select(cluster => former.counts[cluster])];
        inertia = [.. kept.Select(cluster => former.inertia[cluster])];
        var renumbered = new int[former.counts.Length];
        for (int cluster = 0; cluster < kept.Length; cluster++)
        {
            renumbered[kept[cluster]] = cluster;
        }

        for (int i = 0; i < clusters.Length; i++)
        {
            clusters[i] = renumbered[clusters[i]];
        }
    }

    private static PointSet<T> ToPoints(T[] centroids, PointSet<T> points) =>
        new(centroids, points.Dimension) { ColumnName = points.ColumnName };

    private static void ThrowIfKIsOutside(PointSet<T> points, int k)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (k < 1 || k > points.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"K is 1 to the number of points, {points.Count}.");
        }
    }

    private static void ThrowIfDimensionsDiffer(PointSet<T> points, PointSet<T> centroids)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(centroids);
        if (points.Dimension != centroids.Dimension)
        {
            throw new ArgumentException($"The points have {points.Dimension} dimensions, the centroids {centroids.Dimension}.", nameof(centroids));
        }
    }
}
