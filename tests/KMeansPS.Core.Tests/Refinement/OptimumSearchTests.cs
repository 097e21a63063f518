using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public sealed class OptimumSearchTests
{
    [Fact]
    public void Fit_WithTheBestEffort_IsNeverWorse_AndKeepsWhatARunPromises() => Problem.ForAll(
        Problem.Any(300, 4, Terrain.Uniform, Terrain.Blobs, Terrain.Lattice, Terrain.Duplicates, Terrain.Offset),
        problem =>
        {
            var points = problem.Points<float>();
            var options = new KMeansOptions { Seed = problem.Seed };
            var balanced = KMeans.Fit(points, problem.K, options).Model;
            var best = KMeans.Fit(points, problem.K, options with { Effort = KMeansEffort.Best });
            var centroids = (PointSet<float>)best.Model.Centroids;
            return best.Model.Inertia <= balanced.Inertia
                && best.Model.K == balanced.K
                && best.Model.RequestedK == problem.K
                && best.Cluster.SequenceEqual(Textbook.Assign(points, centroids))
                && best.Model.Counts.SequenceEqual(Enumerable.Range(0, best.Model.K).Select(cluster => best.Cluster.LongCount(label => label == cluster)));
        });

    [Theory]
    [InlineData("iris", 3, 78.851441426146)]
    [InlineData("faithful", 2, 8901.768720947204)]
    [InlineData("wine", 3, 2370689.6867829696)]
    public void Fit_WithTheBestEffort_FindsTheBestKnownClustering_FromAnySeed(string data, int k, double inertia) =>
        Assert.All(Enumerable.Range(0, 10), seed => Assert.Equal(1, KMeans.Fit(KnownData.Load(data), k, new KMeansOptions { Seed = seed, Tolerance = 0, Effort = KMeansEffort.Best }).Model.Inertia / inertia, 12));

    [Theory]
    [InlineData("iris", 3)]
    [InlineData("iris", 5)]
    [InlineData("faithful", 6)]
    [InlineData("wine", 3)]
    [InlineData("wine", 10)]
    [InlineData("digits", 5)]
    [InlineData("digits", 10)]
    [InlineData("digits", 20)]
    public void Fit_WithTheBestEffort_IsAtLeastAsGoodAsTenRuns(string data, int k) => Assert.All(Enumerable.Range(0, 6), seed =>
        AssertIsAtLeastAsGoodAsTenRuns(KnownData.Load(data), k, seed));

    /// <summary>Uniform points have many optima that are nearly as good as the best.</summary>
    [Theory]
    [InlineData(900, 3, 8)]
    [InlineData(1_500, 2, 12)]
    [InlineData(2_000, 12, 6)]
    public void Fit_WithTheBestEffort_OfPointsWithoutClusters_IsAtLeastAsGoodAsTenRuns(int count, int dimension, int k) => Assert.All(Enumerable.Range(0, 2), seed =>
        AssertIsAtLeastAsGoodAsTenRuns(new Problem(1, count, dimension, k, Terrain.Uniform, Weighted: false).Points<float>(), k, seed));

    [Theory]
    [InlineData(9_000, 2)]
    [InlineData(9_000, 120)]
    [InlineData(70_000, 5)]
    public void Fit_WithTheBestEffort_OfWhatStandsForThePoints_IsTheSameOnAnyNumberOfThreads(int count, int dimension)
    {
        var points = new Problem(1, count, dimension, 5, Terrain.Uniform, Weighted: true).Points<float>();
        string Bits(int threads) => Support.Bits.Of<float>(KMeans.Fit(
            points, 5, new KMeansOptions { Effort = KMeansEffort.Best, MaxIterations = 20 }, new ParallelOptions { MaxDegreeOfParallelism = threads }));
        Assert.Equal(Bits(1), Bits(3));
    }

    [Fact]
    public void Fit_WithTheBestEffort_OfMorePointsThanASample_FindsTheBlobs_OnAnyNumberOfThreads()
    {
        // One seed of the random method leaves some of the four blobs without a centroid; two thirds of a square unit is what each point adds.
        var points = new Problem(1, 140_000, 2, 4, Terrain.Blobs, Weighted: true).Points<float>();
        KMeansResult Fit(int threads) => KMeans.Fit(
            points, 4, new KMeansOptions { Method = SeedingMethod.Random, Seed = 3, Effort = KMeansEffort.Best }, new ParallelOptions { MaxDegreeOfParallelism = threads });
        var one = Fit(1);
        double weight = 0;
        foreach (double each in points.Weights)
        {
            weight += each;
        }

        Assert.InRange(one.Model.Inertia / weight, 0.16, 0.17);
        Assert.Equal(Points.ValuesOf(one.Model.Centroids), Points.ValuesOf(Fit(4).Model.Centroids));
    }

    [Fact]
    public void Fit_WithTheBestEffort_ForFinerPoints_IsBetterThanARun_ButDoesNotMoveSinglePoints()
    {
        // Five points to a cluster: one of them counts.
        var points = new Problem(1, 1_000, 2, 200, Terrain.Uniform, Weighted: false).Points<float>();
        double Inertia(KMeansOptions options) => KMeans.Fit(points, 200, options).Model.Inertia;
        var best = new KMeansOptions { Effort = KMeansEffort.Best };
        double forFiner = Inertia(best with { ForFinerPoints = true });
        Assert.True(forFiner < Inertia(new KMeansOptions()));
        Assert.True(Inertia(best) < 0.99 * forFiner);
    }

    private static void AssertIsAtLeastAsGoodAsTenRuns(PointSet points, int k, int seed)
    {
        var options = new KMeansOptions { Seed = seed };
        double ten = KMeans.Fit(points, k, options with { Restarts = 10 }).Model.Inertia;
        Assert.InRange(KMeans.Fit(points, k, options with { Effort = KMeansEffort.Best }).Model.Inertia, 0, ten * (1 + 1e-9));
    }
}
