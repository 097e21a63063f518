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
    public PointSet<T> Seed(PointSet<T> points, int k) => Seed(new RunSetup<T>(points, _options, _parallel, _kernel), k, new Xoshiro256(_options.Seed));

    /// <summary>
    /// The nearest centroid of every point, and the distance to it. Of equally near ones the lowest. Where the centroids
    /// carry a scaling the points are scaled in the same way, else the centroids are scaled as the points are.
    /// </summary>
    /// <param name="points">n x d points.</param>
    /// <param name="centroids">K x d centroids.</param>
    public KMeansAssignment Assign(PointSet<T> points, PointSet<T> centroids)
    {
        ThrowIfDimensionsDiffer(points, centroids);
        points = points.Under(centroids.Scaling ?? points.Scaling, _parallel);
        centroids = centroids.Under(points.Scaling, _parallel);
        var blocks = Blocks.For(points.Count, centroids.Count);
        var clusters = new int[points.Count];
        Array.Fill(clusters, -1);
        var method = new BruteForceAssignment<T>(points, order: null, _kernel);
        method.Begin(centroids.Values.ToArray());
        blocks.ForEach(_parallel, block => method.Assign(blocks.Start(block), blocks.Length(block), clusters, null, _parallel.CancellationToken));
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

        former = former.Under(points.Scaling, _parallel);
        var sums = new ClusterSums<T>(points, Blocks.For(points.Count, former.Count), former.Count);
        sums.Recompute(clusters, _parallel);
        return new KMeansUpdate(points.WithValues(sums.Means(former.Values)).Under(null, _parallel), sums.Counts());
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
        var setup = new RunSetup<T>(points, _options, _parallel, _kernel);
        LloydOutcome<T>? best = null;
        for (int run = 1; run <= _options.Restarts; run++)
        {
            var outcome = new KMeansRun<T>(setup, random).From(k, over => Seed(over, k, random), run, progress);
            if (best is null || outcome.Inertia < best.Inertia)
            {
                best = outcome;
            }
        }

        return setup.ResultOf(best!, k, _options.Seed, _options.Method);
    }

    /// <summary>
    /// The whole run from given centroids, which are scaled as the points are. Points without a scaling are scaled as
    /// the centroids are.
    /// </summary>
    /// <param name="points">n x d points.</param>
    /// <param name="initial">K x d centroids, K at most n.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public KMeansResult Fit(PointSet<T> points, PointSet<T> initial, IProgress<KMeansProgress>? progress = null)
    {
        ThrowIfDimensionsDiffer(points, initial);
        ThrowIfKIsOutside(points, initial.Count);
        points = points.Under(points.Scaling ?? initial.Scaling, _parallel);
        initial = initial.Under(points.Scaling, _parallel);
        var setup = new RunSetup<T>(points, _options, _parallel, _kernel);
        var outcome = new KMeansRun<T>(setup, new Xoshiro256(_options.Seed)).From(initial.Count, _ => initial, run: 1, progress);
        return setup.ResultOf(outcome, initial.Count, seed: null, method: null);
    }

    private PointSet<T> Seed(RunSetup<T> setup, int k, Xoshiro256 random)
    {
        ThrowIfKIsOutside(setup.Given, k);
        var points = _options.Method == SeedingMethod.Random ? setup.Given : setup.Points;
        ISeeding<T> seeding = _options.Method switch
        {
            SeedingMethod.Random => new RandomSeeding<T>(),
            SeedingMethod.KMeansParallel => new KMeansParallel<T>(setup.Index, _kernel),
            SeedingMethod.KMeansPlusPlus => new KMeansPlusPlus<T>(setup.Index, _kernel),
            _ => throw new InvalidOperationException($"There is no seeding method {_options.Method}."),
        };
        var chosen = seeding.Choose(points, k, random, _parallel);
        return points.Select(chosen, weights: null);
    }

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
