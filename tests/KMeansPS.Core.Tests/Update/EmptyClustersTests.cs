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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fill_OfEquallyFarPlaces_TakesThatOfTheFirstIndex(int threads)
    {
        // The farthest are in several blocks.
        var points = Points.Of<double>(1, [.. Enumerable.Range(0, 2000).Select(i => i % 500 == 7 ? 9.0 : i % 2)]);
        var clusters = new int[2000];
        var blocks = Blocks.For(2000, 2);
        var sums = new ClusterSums<double>(points, blocks, 2);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        sums.Recompute(clusters, parallel);
        Assert.True(EmptyClusters.Fill<double>(points, [0.0, 50], clusters, sums, blocks, () => [.. Enumerable.Range(0, 2000).Select(i => (i + 1200) % 2000)], parallel));
        Assert.Equal([1007], Enumerable.Range(0, 2000).Where(i => clusters[i] == 1));
    }

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
