using KMeansPS.Numerics;
using KMeansPS.Tests.Support;
using KMeansPS.Update;

namespace KMeansPS.Tests.Update;

public sealed class EmptyClustersTests
{
    [Fact]
    public void Fill_GivesAnEmptyClusterTheFarthestPoint() => Assert.Equal((true, "0 0 0 1"), Fill(Points.Of<double>(1, 1, 2, 3, 9), [2, 50], 0, 0, 0, 0));

    [Fact]
    public void Fill_OfEquallyFarPoints_TakesTheFirst() => Assert.Equal((true, "0 1 0"), Fill(Points.Of<double>(1, 3, 1, 5), [3, 50], 0, 0, 0));

    [Fact]
    public void Fill_OfTwoEmptyClusters_TakesTheFarthestAndThenTheNext() =>
        Assert.Equal((true, "0 2 0 1"), Fill(Points.Of<double>(1, 1, 8, 3, 9), [2, 50, 60], 0, 0, 0, 0));

    [Fact]
    public void Fill_NeverTakesTheLastPointOfAnother() =>
        Assert.Equal((true, "0 2 1"), Fill(Points.Of<double>(1, 1, 2, 100), [1, 50, 60], 0, 0, 1));

    [Fact]
    public void Fill_WhereEveryPointIsOnACentroid_MovesNone() => Assert.Equal((false, "0 0 1"), Fill(Points.Of<double>(1, 1, 1, 2), [1, 2, 7], 0, 0, 1));

    [Fact]
    public void Fill_WhereTheMeanOfOnePlaceIsRoundedBesideIt_MovesNone() =>
        Assert.Equal((false, "0 0 0"), Fill(Points.Of<double>(1, 0.1, 0.1, 0.1), [(0.1 + 0.1 + 0.1) / 3, 7], 0, 0, 0));

    [Fact]
    public void Fill_WithoutAnEmptyCluster_MovesNone() => Assert.Equal((false, "0 1 1"), Fill(Points.Of<double>(1, 1, 2, 9), [1, 2], 0, 1, 1));

    private static (bool Filled, string Clusters) Fill(PointSet<double> points, double[] centroids, params int[] clusters)
    {
        var blocks = Blocks.For(points.Count, centroids.Length);
        var sums = new ClusterSums<double>(points, blocks, centroids.Length);
        var parallel = new ParallelOptions();
        sums.Recompute(clusters, parallel);
        bool filled = EmptyClusters.Fill<double>(points, centroids, clusters, sums, blocks, () => null, parallel);
        var fresh = new ClusterSums<double>(points, blocks, centroids.Length);
        fresh.Recompute(clusters, parallel);
        Assert.Equal(fresh.Counts(), sums.Counts());
        return (filled, string.Join(' ', clusters));
    }
}
