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

            sums.Merge(OneThread);
            var fresh = new ClusterSums<float>(points, blocks, 4);
            fresh.Recompute(after, OneThread);
            Assert.Equal(fresh.Means(new float[12]), sums.Means(new float[12]));
            Assert.Equal(fresh.Counts(), sums.Counts());
            before = after;
        }
    }

    [Fact]
    public void Merge_OfManyClusters_GivesTheBitsOfTheBlocksInTheirOrder_OnAnyNumberOfThreads()
    {
        const int K = 200;
        var points = new Problem(3, 20_000, 9, K, Terrain.Uniform, true).Points<float>();
        var blocks = Blocks.For(points.Count, K);
        var random = new Random(3);
        int[] clusters = [.. Enumerable.Range(0, points.Count).Select(_ => random.Next(K))];
        int[] moved = [.. Enumerable.Range(0, points.Count).Where(_ => random.Next(100) == 0)];
        float[] MeansOn(int threads)
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
            var sums = new ClusterSums<float>(points, blocks, K);
            sums.Recompute(clusters, parallel);
            for (int block = 0; block < blocks.Count; block++)
            {
                var moves = sums.Begin(block);
                foreach (int point in moved.Where(point => point / blocks.Size == block))
                {
                    moves.Note(point, clusters[point], (clusters[point] + 1) % K);
                }
            }

            Assert.Equal(moved.Length, sums.Merge(parallel));
            return sums.Means(new float[K * points.Dimension]);
        }

        float[] means = MeansOn(1);
        Assert.True(Bits.Same<float>(means, MeansOn(3)));
        Assert.True(Bits.Same<float>(means, PlainMeans(points, blocks, K, clusters, moved)));
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
        sums.Merge(OneThread);
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
        sums.Merge(OneThread);
        sums.MoveOne(3, 1, 0);
        Assert.Equal(0.7, sums.Means(new double[2])[0]);
    }

    // The sums of every block, then what every block changes in them.
    private static float[] PlainMeans(PointSet<float> points, Blocks blocks, int k, int[] clusters, int[] moved)
    {
        int d = points.Dimension;
        var total = new double[k, d + 1];
        for (int round = 0; round < 2; round++)
        {
            for (int block = 0; block < blocks.Count; block++)
            {
                var sums = new double[k, d + 1];
                for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
                {
                    for (int j = 0; j <= d && (round == 0 || moved.Contains(i)); j++)
                    {
                        double added = points.Weights[i] * (j < d ? points[i][j] : 1);
                        sums[clusters[i], j] += round == 0 ? added : -added;
                        sums[(clusters[i] + 1) % k, j] += round == 0 ? 0 : added;
                    }
                }

                for (int at = 0; at < k * (d + 1); at++)
                {
                    total[at / (d + 1), at % (d + 1)] += sums[at / (d + 1), at % (d + 1)];
                }
            }
        }

        return [.. from cluster in Enumerable.Range(0, k) from j in Enumerable.Range(0, d) select (float)(total[cluster, j] / total[cluster, d])];
    }
}
