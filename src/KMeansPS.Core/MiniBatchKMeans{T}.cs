using System.Numerics;
using KMeansPS.MiniBatch;
using KMeansPS.Numerics;

namespace KMeansPS;

/// <summary>
/// k-means of points that are read batch by batch and never held all at once (after D. Sculley, 2010, "Web-scale k-means
/// clustering": a centroid is the running mean of all points that came to it, batch by batch). As scikit-learn does, it
/// starts from centroids that are found in a sample, moves them once a batch and not once a point, and gives starved
/// centroids new places. Around the mini-batches stand a sample of the whole stream, clustered by <see cref="KMeans{T}"/>,
/// and exact rounds of Lloyd over the stream, which need no more memory than a batch. The same points, options and seed
/// give the same bits on any number of threads and any processor.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class MiniBatchKMeans<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly MiniBatchOptions _options;
    private readonly ParallelOptions _parallel;
    private readonly TileKernel<T> _kernel;

    /// <summary>Makes ready for runs.</summary>
    /// <param name="options">How runs are done.</param>
    /// <param name="parallel">How many threads they may take, and the token that stops them.</param>
    public MiniBatchKMeans(MiniBatchOptions? options = null, ParallelOptions? parallel = null)
        : this(options, parallel, TileKernel<T>.ForThisProcessor())
    {
    }

    internal MiniBatchKMeans(MiniBatchOptions? options, ParallelOptions? parallel, TileKernel<T> kernel)
    {
        _options = options ?? new MiniBatchOptions();
        _options.Validate();
        _parallel = parallel ?? new ParallelOptions();
        _kernel = kernel;
    }

    /// <summary>The whole run, from centroids that are found in a sample.</summary>
    /// <param name="points">The points, read as often as the options allow.</param>
    /// <param name="k">K, 1 to the number of points.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <returns>
    /// The model; fewer clusters where the sample has fewer distinct points. Its iterations are those that moved
    /// centroids over the whole stream, or those of the exact run where all points fit into the sample.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public KMeansModel<T> Fit(PointSource<T> points, int k, IProgress<MiniBatchProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return Fit(points, k, _options.Start, scaling: null, sample => Start().Fit(sample, k), progress);
    }

    /// <summary>
    /// The whole run from given centroids, which are scaled as the points are. Points without a scaling are scaled as the
    /// options say, or else as the centroids are.
    /// </summary>
    /// <param name="points">The points, read as often as the options allow.</param>
    /// <param name="initial">K x d centroids, K at most the number of points.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public KMeansModel<T> Fit(PointSource<T> points, PointSet<T> initial, IProgress<MiniBatchProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(initial);
        return points.Dimension == initial.Dimension
            ? Fit(points, initial.Count, drawn: null, initial.Scaling, sample => Start().Fit(sample, initial), progress)
            : throw new ArgumentException($"The points have {points.Dimension} dimensions, the centroids {initial.Dimension}.", nameof(initial));
    }

    private KMeans<T> Start() => new(_options.Start with { Trace = false }, _parallel, _kernel);

    // What has drawn the initial centroids is null where they were given.
    private KMeansModel<T> Fit(PointSource<T> points, int k, KMeansOptions? drawn, ColumnScaling? scaling, Func<PointSet<T>, KMeansResult> fitSample, IProgress<MiniBatchProgress>? progress)
    {
        var passes = new StreamPasses<T>(points, _options.BatchSizeFor(points.Dimension), _options, _parallel.CancellationToken, progress)
        {
            Scaling = _options.Scale == ScalingMethod.None ? scaling : null,
        };
        var scales = _options.Scale == ScalingMethod.None ? null : new StreamScales<T>(points.Dimension);
        int trained = _options.SampleSizeFor(points.Dimension, k);

        // One pass leaves no other points to measure with: a part of the sample is kept apart for that.
        int tested = _options.Passes == 1 ? Math.Max(1, trained / 4) : 0;
        var sample = new StreamSample<T>(points.Dimension, trained + tested, new Xoshiro256(_options.Start.Seed));
        passes.Run(batch =>
        {
            sample.Add(batch);
            if (batch.Scaling is null)
            {
                scales?.Add(batch);
            }
        });
        if (sample.Seen < k)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"K is 1 to the number of points, {sample.Seen}.");
        }

        var found = passes.Scaling = scales is { HasPoints: true } ? scales.ToScaling(_options.Scale) : passes.Scaling;
        PointSet<T> Sampled(int start, int count)
        {
            var part = sample.Points(start, count, points.ColumnName);
            return part.Under(part.Scaling ?? found, _parallel);
        }

        if (sample.HasAll)
        {
            return (KMeansModel<T>)fitSample(Sampled(0, sample.Count)).Model;
        }

        if (tested > 0)
        {
            sample.Shuffle();
        }

        var known = Sampled(0, trained);
        var start = (PointSet<T>)fitSample(known).Model.ScaledCentroids;
        var run = new StreamRun<T>(known, start.Values.ToArray(), _options.Start.Tolerance, _parallel, _kernel);
        if (tested > 0)
        {
            return run.Estimate(Sampled(trained, tested), sample.Seen, sample.Weight, k, drawn);
        }

        for (int pass = 2; pass < _options.Passes && !run.IsConverged; pass++)
        {
            if (pass == 2)
            {
                passes.Run(run.BeginMiniBatches());
                run.EndMiniBatches();
            }
            else
            {
                passes.Run(run.BeginRound());
                run.EndRound();
            }
        }

        passes.Run(run.BeginMeasuring());
        return run.ToModel(k, drawn);
    }
}
