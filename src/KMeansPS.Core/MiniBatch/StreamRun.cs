using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.MiniBatch;

/// <summary>The centroids of a stream from pass to pass: first they follow the mini-batches, then they go round by round.</summary>
internal sealed class StreamRun<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _sample;
    private readonly ParallelOptions _parallel;
    private readonly TileKernel<T> _kernel;
    private readonly StreamRound<T> _round;
    private readonly double _threshold;
    private readonly long[] _countBefore;
    private T[] _centroids;
    private int _iterations;

    /// <param name="sample">A sample of the stream.</param>
    /// <param name="centroids">K x d centroids that were found in it.</param>
    /// <param name="tolerance">The run has converged when the squared moves of a round sum up to at most this times the mean variance of the columns.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <param name="kernel">The kernel that measures.</param>
    internal StreamRun(PointSet<T> sample, T[] centroids, double tolerance, ParallelOptions parallel, TileKernel<T> kernel)
    {
        _sample = sample;
        _parallel = parallel;
        _kernel = kernel;
        _centroids = centroids;
        K = centroids.Length / sample.Dimension;
        _round = new StreamRound<T>(K, sample.Dimension, parallel, kernel);
        _countBefore = new long[K];
        _threshold = tolerance * ColumnVariance.Mean(sample, Blocks.For(sample.Count), parallel);
    }

    /// <summary>Whether the last round moved the centroids no more than the tolerance allows.</summary>
    internal bool IsConverged { get; private set; }

    private int K { get; }

    /// <summary>Starts a pass in which each batch moves the centroids: they are the running means of the sample and of all points since.</summary>
    internal Action<PointSet<T>> BeginMiniBatches()
    {
        _round.Clear();
        _round.Add(_sample, _centroids);
        for (int cluster = 0; cluster < K; cluster++)
        {
            _countBefore[cluster] = _round.CountOf(cluster);
        }

        return batch =>
        {
            _round.Add(batch, _centroids);
            _centroids = _round.Means(_centroids);
        };
    }

    /// <summary>Gives centroids to which no point of the stream came new places.</summary>
    internal void EndMiniBatches()
    {
        _iterations++;
        PlaceStarved(cluster => _round.CountOf(cluster) == _countBefore[cluster]);
    }

    /// <summary>Starts an exact round of Lloyd: the centroids stay where they are until all points have been assigned.</summary>
    internal Action<PointSet<T>> BeginRound()
    {
        _round.Clear();
        return batch => _round.Add(batch, _centroids);
    }

    /// <summary>Moves the centroids to the means of their points.</summary>
    internal void EndRound()
    {
        _iterations++;
        var means = _round.Means(_centroids);
        double shift = 0;
        for (int i = 0; i < means.Length; i++)
        {
            double move = double.CreateTruncating(means[i]) - double.CreateTruncating(_centroids[i]);
            shift += move * move;
        }

        _centroids = means;
        IsConverged = !PlaceStarved(cluster => _round.CountOf(cluster) == 0) && shift <= _threshold;
    }

    /// <summary>Starts a pass that moves nothing and measures.</summary>
    internal Action<PointSet<T>> BeginMeasuring()
    {
        _round.Clear();
        return batch => _round.Measure(batch, _centroids);
    }

    /// <summary>The model that was measured.</summary>
    /// <param name="requestedK">How many clusters were asked for.</param>
    /// <param name="drawn">What has drawn the initial centroids; null where they were given.</param>
    internal KMeansModel<T> ToModel(int requestedK, KMeansOptions? drawn) =>
        ToModel([.. Enumerable.Range(0, K).Select(_round.CountOf)], _round.Inertia, requestedK, drawn, isEstimate: false);

    /// <summary>The model with figures that are estimated from points in which its centroids were not found.</summary>
    /// <param name="tested">A sample of the stream.</param>
    /// <param name="count">How many points the stream has.</param>
    /// <param name="weight">What they weigh.</param>
    /// <param name="requestedK">How many clusters were asked for.</param>
    /// <param name="drawn">What has drawn the initial centroids; null where they were given.</param>
    internal KMeansModel<T> Estimate(PointSet<T> tested, long count, double weight, int requestedK, KMeansOptions? drawn)
    {
        _round.Clear();
        _round.Measure(tested, _centroids);
        double share = weight / Enumerable.Range(0, K).Sum(_round.WeightOf);
        double[] inertia = [.. _round.Inertia.Select(ofCluster => ofCluster * share)];
        _round.Add(_sample, _centroids);
        long sampled = tested.Count + _sample.Count;
        long[] counts = [.. Enumerable.Range(0, K).Select(cluster => (long)Math.Round((double)_round.CountOf(cluster) / sampled * count))];
        return ToModel(counts, inertia, requestedK, drawn, isEstimate: true);
    }

    // A starved centroid goes to the point of the sample that is farthest from its own, as an emptied cluster of an exact
    // run does. False where there is none, or no point lies apart from its centroid.
    private bool PlaceStarved(Func<int, bool> isStarved)
    {
        int[] starved = [.. Enumerable.Range(0, K).Where(isStarved)];
        if (starved.Length == 0)
        {
            return false;
        }

        int d = _sample.Dimension;
        var assignment = new KMeans<T>(null, _parallel, _kernel).Assign(_sample, _sample.WithValues(_centroids));
        double[] distances = assignment.Distance;
        bool placed = false;
        foreach (int cluster in starved)
        {
            int farthest = Array.IndexOf(distances, distances.Max());
            if (distances[farthest] == 0)
            {
                break;
            }

            _sample[farthest].CopyTo(_centroids.AsSpan(cluster * d));
            distances[farthest] = 0;
            placed = true;
        }

        return placed;
    }

    private KMeansModel<T> ToModel(long[] counts, double[] inertia, int requestedK, KMeansOptions? drawn, bool isEstimate)
    {
        int d = _sample.Dimension;
        int[] kept = [.. Enumerable.Range(0, K).Where(cluster => counts[cluster] > 0)];
        T[] centroids = [.. kept.SelectMany(cluster => _centroids.AsSpan(cluster * d, d).ToArray())];
        var figures = new KMeansFigures(
            [.. kept.Select(cluster => counts[cluster])], [.. kept.Select(cluster => inertia[cluster])], requestedK, _iterations, IsConverged, drawn?.Seed, drawn?.Method, [])
        { IsEstimate = isEstimate };
        return new KMeansModel<T>(_sample.WithValues(centroids), figures);
    }
}
