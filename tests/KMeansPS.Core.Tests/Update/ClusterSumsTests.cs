using KMeansPS.Numerics;
using KMeansPS.Tests.Support;
using KMeansPS.Update;

namespace KMeansPS.Tests.Update;

public sealed class ClusterSumsTests
{
    private static readonly ParallelOptions OneThread = new() { MaxDegreeOfParallelism = 1 };

    [Fact]
    public void Means_AfterMoves_AreThoseOfAFreshSum()
    {
        // Whole numbers, so that both are exact.
        var points = new Problem(1, 3000, 3, 4, Terrain.Lattice, true).Points<float>();
        var blocks = Blocks.For(points.Count, 4);
        var random = new Random(1);
        var sums = new ClusterSums<float>(points, blocks, 4);
        int[] before = [.. Enumerable.Repeat(-1, points.Count)];
        for (int round = 0; round < 5; round++)
        {
            int[] after = [.. before.Select(cluster => cluster < 0 || random.Next(3) == 0 ? random.Next(4) : cluster)];
            for (int block = 0; block < blocks.Count; block++)
            {
                var moves = sums.Begin(block);
                for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
                {
                    if (before[i] != after[i])
                    {
                        moves.Note(i, before[i], after[i]);
                    }
                }
            }

            sums.Merge();
            var fresh = new ClusterSums<float>(points, blocks, 4);
            fresh.Recompute(after, OneThread);
            Assert.Equal(fresh.Means(new float[12]), sums.Means(new float[12]));
            Assert.Equal(fresh.Counts(), sums.Counts());
            before = after;
        }
    }

    [Fact]
    public void MoveOne_TakesThePointFromOneClusterToAnother()
    {
        var points = Points.Weighted<double>(1, [1, 3, 2], 2, 6, 5);
        var sums = new ClusterSums<double>(points, Blocks.For(3, 2), 2);
        sums.Recompute([0, 0, 1], OneThread);
        Assert.Equal([5.0, 5.0], sums.Means(new double[2]));
        sums.MoveOne(1, 0, 1);
        Assert.Equal([2.0, 5.6], sums.Means(new double[2]));
        Assert.Equal([1L, 2L], sums.Counts());
    }

    [Fact]
    public void Means_OfAClusterWithoutPoints_AreTheFormer()
    {
        var points = Points.Of<double>(2, 1, 2, 3, 4);
        var sums = new ClusterSums<double>(points, Blocks.For(2, 3), 3);
        sums.Recompute([1, 1], OneThread);
        Assert.Equal([7.0, 8.0, 2.0, 3.0, 9.0, 10.0], sums.Means([7.0, 8.0, -1.0, -1.0, 9.0, 10.0]));
    }

    [Fact]
    public void AreWorn_WhenAVeryHeavyPointHasLeft_UntilAllIsSummedAgain()
    {
        var points = Points.Weighted<double>(1, [1e20, 1, 1], 100, 1, 3);
        var sums = new ClusterSums<double>(points, Blocks.For(3, 2), 2);
        sums.Recompute([0, 0, 0], OneThread);
        Assert.False(sums.AreWorn);
        sums.Begin(0).Note(0, 0, 1);
        sums.Merge();
        Assert.True(sums.AreWorn);
        sums.Recompute([1, 0, 0], OneThread);
        Assert.False(sums.AreWorn);
        Assert.Equal([2.0, 100.0], sums.Means(new double[2]));
    }

    [Fact]
    public void AreWorn_WhenAVeryHeavyPointIsTakenForAnEmptyCluster()
    {
        var points = Points.Weighted<double>(1, [1e20, 1], 100, 1);
        var sums = new ClusterSums<double>(points, Blocks.For(2, 2), 2);
        sums.Recompute([0, 0], OneThread);
        sums.MoveOne(0, 0, 1);
        Assert.True(sums.AreWorn);
    }

    [Fact]
    public void Means_OfAClusterThatWasEmptied_KeepNothingOfItsFormerPoints()
    {
        var points = Points.Of<double>(1, 0.1, 0.2, 0.3, 0.7);
        var sums = new ClusterSums<double>(points, Blocks.For(4, 2), 2);
        sums.Recompute([0, 0, 0, 1], OneThread);
        var moves = sums.Begin(0);
        moves.Note(0, 0, 1);
        moves.Note(1, 0, 1);
        moves.Note(2, 0, 1);
        sums.Merge();
        sums.MoveOne(3, 1, 0);
        Assert.Equal(0.7, sums.Means(new double[2])[0]);
    }
}
