using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Numerics;

namespace KMeansPS;

/// <summary>What several runs over the same points have in common, made when it is first needed.</summary>
/// <param name="points">n x d points.</param>
/// <param name="options">How the runs are done.</param>
/// <param name="parallel">Threads and cancellation.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class RunSetup<T>(PointSet<T> points, KMeansOptions options, ParallelOptions parallel, TileKernel<T> kernel)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal PointSet<T> Points => points;

    internal KMeansOptions Options => options;

    internal ParallelOptions Parallel => parallel;

    internal TileKernel<T> Kernel => kernel;

    /// <summary>The sum of squared moves at or below which a run has converged.</summary>
    internal double Threshold { get; } = options.Tolerance == 0
        ? 0
        : options.Tolerance * ColumnVariance.Mean(points, Blocks.For(points.Count), parallel);

    /// <summary>
    /// The order in which the points are gone over, and their boxes. Whether there is one follows from n and d alone,
    /// never from the way of assignment: the partial sums follow the order, so that every way gives the same bits.
    /// </summary>
    internal SpatialIndex<T> Index { get; private init; } = new(points, AlgorithmChoice.OrderPays(points), parallel);

    /// <summary>Runs over the same points that are done in another way.</summary>
    internal RunSetup<T> With(KMeansOptions other) => new(points, other, parallel, kernel) { Index = Index };

    /// <summary>The way in which the nearest of K centroids are found.</summary>
    internal AssignmentMethod<T> NewAssignment(int k) => AlgorithmChoice.For(points, k, options.Algorithm) switch
    {
        KMeansAlgorithm.Hamerly => new HamerlyAssignment<T>(points, Index.Order, kernel),
        KMeansAlgorithm.BruteForce => new BruteForceAssignment<T>(points, Index.Order, kernel),
        KMeansAlgorithm.BoxFilter => Boxes(),
        _ => throw new InvalidOperationException($"There is no algorithm {options.Algorithm}."),
    };

    private BoxFilterAssignment<T> Boxes() =>
        new(points, Index.Order, Index.Boxes ?? new TileBoxes<T>(points, order: null, parallel), kernel);
}
