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
    // Below these sizes sorting and boxes cost more than they save.
    private const int MinPointsForBoxes = 1024;
    private const int MinClustersForBoxes = 4;
    private const int MinClustersForBounds = 2;

    private int[]? _order;
    private TileBoxes<T>? _boxes;

    internal PointSet<T> Points => points;

    internal KMeansOptions Options => options;

    internal ParallelOptions Parallel => parallel;

    internal TileKernel<T> Kernel => kernel;

    /// <summary>The sum of squared moves at or below which a run has converged.</summary>
    internal double Threshold { get; } = options.Tolerance == 0
        ? 0
        : options.Tolerance * ColumnVariance.Mean(points, Blocks.For(points.Count), parallel);

    /// <summary>
    /// The way in which the nearest of K centroids are found. The order in which the points are gone over follows from
    /// n, K and d alone, never from the way: the partial sums follow it, so that every way gives the same bits.
    /// </summary>
    internal AssignmentMethod<T> NewAssignment(int k)
    {
        bool boxesPay = points.Dimension <= SpatialOrder.MaxDimension && points.Count >= MinPointsForBoxes && k >= MinClustersForBoxes;
        int[]? order = boxesPay ? _order ??= SpatialOrder.Of(points, parallel.CancellationToken) : null;
        return options.Algorithm switch
        {
            KMeansAlgorithm.Auto when boxesPay => Boxes(order),
            KMeansAlgorithm.Auto when k >= MinClustersForBounds => new HamerlyAssignment<T>(points, order, kernel),
            KMeansAlgorithm.Hamerly => new HamerlyAssignment<T>(points, order, kernel),
            KMeansAlgorithm.Auto or KMeansAlgorithm.BruteForce => new BruteForceAssignment<T>(points, order, kernel),
            KMeansAlgorithm.BoxFilter => Boxes(order),
            _ => throw new InvalidOperationException($"There is no algorithm {options.Algorithm}."),
        };
    }

    private BoxFilterAssignment<T> Boxes(int[]? order)
    {
        var boxes = order is null ? new TileBoxes<T>(points, null) : _boxes ??= new TileBoxes<T>(points, order);
        return new BoxFilterAssignment<T>(points, order, boxes, kernel);
    }
}
