using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Assignment;

/// <summary>Chooses the way in which nearest centroids are found.</summary>
internal static class AssignmentMethods
{
    // Below these sizes the sorting and the boxes cost more than they save (bench/README.md).
    private const int MinPointsForBoxes = 4096;
    private const int MinClustersForBoxes = 4;

    /// <summary>
    /// The order in which a run goes over the points is a matter of n, K and d alone, never of the method: the partial
    /// sums follow it, so that every method gives the same bits.
    /// </summary>
    internal static AssignmentMethod<T> For<T>(
        PointSet<T> points, int k, KMeansAlgorithm algorithm, TileKernel<T> kernel, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool boxesPay = points.Dimension <= SpatialOrder.MaxDimension && points.Count >= MinPointsForBoxes && k >= MinClustersForBoxes;
        int[]? order = boxesPay ? SpatialOrder.Of(points, cancellationToken) : null;
        return algorithm switch
        {
            KMeansAlgorithm.Auto when boxesPay => new BoxFilterAssignment<T>(points, order, kernel),
            KMeansAlgorithm.Auto or KMeansAlgorithm.BruteForce => new BruteForceAssignment<T>(points, order, kernel),
            KMeansAlgorithm.BoxFilter => new BoxFilterAssignment<T>(points, order, kernel),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "There is no such algorithm."),
        };
    }
}
