using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

/// <summary>What <see cref="KMeansOptions.ForFinerPoints"/> makes of few clusters in few dimensions.</summary>
public sealed class GroupSearchTests
{
    private static readonly KMeansOptions ForFiner = new() { Effort = KMeansEffort.Best, ForFinerPoints = true };

    [Fact]
    public void Fit_KeepsWhatARunPromises() => Problem.ForAll(
        // Where squares are so small that they vanish it depends on the way what is distinct.
        Problem.Any(3_000, 5, Terrain.Uniform, Terrain.Blobs, Terrain.Lattice, Terrain.Duplicates, Terrain.Offset, Terrain.Huge),
        problem =>
        {
            var points = problem.Points<float>();
            var balanced = KMeans.Fit(points, problem.K, new KMeansOptions { Seed = problem.Seed }).Model;
            var result = KMeans.Fit(points, problem.K, ForFiner with { Seed = problem.Seed });
            var centroids = (PointSet<float>)result.Model.Centroids;
            return result.Model.K == balanced.K
                && result.Cluster.SequenceEqual(Textbook.Assign(points, centroids))
                && result.Model.Counts.SequenceEqual(Enumerable.Range(0, result.Model.K).Select(cluster => result.Cluster.LongCount(label => label == cluster)));
        });

    [Theory]
    [InlineData("iris", 3)]
    [InlineData("iris", 10)]
    [InlineData("faithful", 12)]
    [InlineData("faithful", 5)]
    [InlineData("iris", 30)]
    public void Fit_IsAtLeastAsGoodAsTwentyRuns(string data, int k)
    {
        var points = KnownData.Load(data);
        double twenty = KMeans.Fit(points, k, new KMeansOptions { Restarts = 20 }).Model.Inertia;
        Assert.All(Enumerable.Range(0, 3), seed => Assert.InRange(KMeans.Fit(points, k, ForFiner with { Seed = seed }).Model.Inertia, 0, 1.0001 * twenty));
    }

    [Fact]
    public void Fit_InGroups_IsAtLeastAsGoodAsTenRuns_AndTheSameOnAnyNumberOfThreadsAndAnyVectorWidth()
    {
        var points = new Problem(3, 20_000, 3, 24, Terrain.Uniform, Weighted: true).Points<float>();
        double ten = KMeans.Fit(points, 24, new KMeansOptions { Restarts = 10 }).Model.Inertia;
        KMeansResult[] results =
        [
            .. new[] { 1, 3 }.Select(threads => KMeans.Fit(points, 24, ForFiner, new ParallelOptions { MaxDegreeOfParallelism = threads })),
            .. Kernels.All<float>().Select(kernel => new KMeans<float>(ForFiner, new ParallelOptions(), kernel).Fit(points, 24)),
        ];

        Assert.InRange(results[0].Model.Inertia, 0, ten);
        Assert.Single(results.Select(Bits.Of<float>).Distinct());
    }

    [Fact]
    public void Fit_FromGivenCentroids_StartsThere_ButFindsBetter()
    {
        var points = new Problem(3, 5_000, 2, 4, Terrain.Blobs, Weighted: false).Points<float>();
        var alike = points.Select([0, 1, 2, 3], weights: null);
        Assert.InRange(KMeans.Fit(points, alike, ForFiner).Model.Inertia / points.Count, 0.16, 0.17); // what a square unit adds
    }

    [Fact]
    public void Fit_CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var points = new Problem(3, 5_000, 2, 4, Terrain.Uniform, Weighted: false).Points<float>();
        Assert.Throws<OperationCanceledException>(() => KMeans.Fit(points, 4, ForFiner, new ParallelOptions { CancellationToken = cancellation.Token }));
    }
}
