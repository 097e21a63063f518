using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Numerics;

namespace KMeansPS;

/// <summary>
/// What several runs over the same points have in common, made when it is first needed. Whether the points are put in
/// an order, and condensed, follows from n, d and the values alone, never from the way of assignment: the partial sums
/// follow the order, so that every way gives the same bits.
/// </summary>
internal sealed class RunSetup<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lazy<CondensedPoints<T>?> _condensed;
    private readonly Lazy<SpatialIndex<T>> _index;
    private readonly Lazy<double> _threshold;

    /// <param name="points">n x d points.</param>
    /// <param name="options">How the runs are done.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <param name="kernel">The kernel that measures.</param>
    internal RunSetup(PointSet<T> points, KMeansOptions options, ParallelOptions parallel, TileKernel<T> kernel)
        : this(points, options, parallel, kernel, null, null)
    {
    }

    private RunSetup(
        PointSet<T> points,
        KMeansOptions options,
        ParallelOptions parallel,
        TileKernel<T> kernel,
        Lazy<CondensedPoints<T>?>? condensed,
        Lazy<SpatialIndex<T>>? index)
    {
        Given = points;
        Options = options;
        Parallel = parallel;
        Kernel = kernel;
        var ofGiven = new SpatialIndex<T>(points, AlgorithmChoice.OrderPays(points), parallel);
        _condensed = condensed ?? new(() => ofGiven.Order is { } order ? CondensedPoints<T>.Of(points, order, parallel) : null);
        _index = index ?? new(() => _condensed.Value is { } value ? new SpatialIndex<T>(value.Points, true, parallel) { IsInOrder = true } : ofGiven);
        _threshold = new(() => options.Tolerance == 0 ? 0 : options.Tolerance * ColumnVariance.Mean(points, Blocks.For(points.Count), parallel));
    }

    /// <summary>The points as they were given.</summary>
    internal PointSet<T> Given { get; }

    /// <summary>The points that the runs go over.</summary>
    internal PointSet<T> Points => _condensed.Value?.Points ?? Given;

    /// <summary>The order in which the runs go over their points, and their boxes.</summary>
    internal SpatialIndex<T> Index => _index.Value;

    internal KMeansOptions Options { get; }

    internal ParallelOptions Parallel { get; }

    internal TileKernel<T> Kernel { get; }

    /// <summary>The sum of squared moves at or below which a run has converged.</summary>
    internal double Threshold => _threshold.Value;

    /// <summary>Runs over the same points that are done in another way.</summary>
    internal RunSetup<T> With(KMeansOptions other) => new(Given, other, Parallel, Kernel, _condensed, _index);

    /// <summary>The way in which the nearest of K centroids are found.</summary>
    internal AssignmentMethod<T> NewAssignment(int k) => AlgorithmChoice.For(Given, k, Options.Algorithm) switch
    {
        KMeansAlgorithm.Hamerly => new HamerlyAssignment<T>(Points, Index.Order, Kernel),
        KMeansAlgorithm.BruteForce => new BruteForceAssignment<T>(Points, Index.Order, Kernel),
        KMeansAlgorithm.BoxFilter => Boxes(),
        _ => throw new InvalidOperationException($"There is no algorithm {Options.Algorithm}."),
    };

    /// <summary>For each point of a run the index of the one that was given, of several at one place the first; null where they are the same.</summary>
    internal int[]? FirstGiven() => _condensed.Value?.FirstPoints();

    /// <summary>The model of a run over these points, with the cluster of each point that was given.</summary>
    internal KMeansResult ResultOf(LloydOutcome<T> outcome, int requestedK, long? seed, SeedingMethod? method) =>
        (_condensed.Value is { } condensed ? outcome with { Clusters = condensed.Expand(outcome.Clusters, Parallel) } : outcome)
            .ToResult(Given, requestedK, seed, method, Parallel);

    private BoxFilterAssignment<T> Boxes() =>
        new(Points, Index.Order, Index.Boxes ?? new TileBoxes<T>(Points, order: null, Kernel, Parallel), Kernel);
}
