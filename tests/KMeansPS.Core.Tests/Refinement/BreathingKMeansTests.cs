using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public sealed class BreathingKMeansTests
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
}
