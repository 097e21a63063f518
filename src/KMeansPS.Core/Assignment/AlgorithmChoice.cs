using KMeansPS.Numerics;

namespace KMeansPS.Assignment;

/// <summary>Which way to find nearest centroids is expected to be the fastest.</summary>
internal static class AlgorithmChoice
{
    // Below this size sorting and boxes cost more than they save.
    private const int MinPointsForBoxes = 1024;

    /// <summary>Whether points are gone over in an order in which neighbours lie close together.</summary>
    internal static bool OrderPays(PointSet points) => points.Dimension <= SpatialOrder.MaxDimension && points.Count >= MinPointsForBoxes;

    /// <summary>The way that was asked for; for <see cref="KMeansAlgorithm.Auto"/> the one that fits n, d and K.</summary>
    internal static KMeansAlgorithm For(PointSet points, int k, KMeansAlgorithm asked) => asked switch
    {
        KMeansAlgorithm.Auto when k == 1 => KMeansAlgorithm.BruteForce,
        KMeansAlgorithm.Auto => OrderPays(points) ? KMeansAlgorithm.BoxFilter : KMeansAlgorithm.Hamerly,
        _ => asked,
    };
}
