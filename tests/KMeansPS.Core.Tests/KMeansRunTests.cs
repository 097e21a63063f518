using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public sealed class KMeansRunTests
{
    private static readonly PointSet<float> Many = new Problem(2, 70_000, 2, 4, Terrain.Uniform, Weighted: true).Points<float>();

    [Fact]
    public void Fit_WithLittleEffort_ComesNearABalancedRun_InFewerRoundsOverAllPoints()
    {
        var options = new KMeansOptions { Seed = 4 };
        var balanced = KMeans.Fit(Many, 20, options).Model;
        var fast = KMeans.Fit(Many, 20, options with { Effort = KMeansEffort.Fast }).Model;
        Assert.InRange(fast.Inertia / balanced.Inertia, 0.9, 1.05);
        Assert.True(fast.Iterations < balanced.Iterations, $"{fast.Iterations} of {balanced.Iterations}");
    }

    [Fact]
    public void Fit_WithLittleEffort_OfFewPoints_HasTenTimesTheTolerance()
    {
        var points = new Problem(5, 2000, 2, 8, Terrain.Uniform, Weighted: false).Points<float>();
        var options = new KMeansOptions { Seed = 1 };
        var fast = KMeans.Fit(points, 8, options with { Effort = KMeansEffort.Fast });
        Assert.Equal(KMeans.Fit(points, 8, options with { Tolerance = 10 * options.Tolerance }).Cluster, fast.Cluster);
        Assert.NotEqual(KMeans.Fit(points, 8, options).Cluster, fast.Cluster);
    }

    [Fact]
    public void Fit_WithLittleEffort_WhereASampleHasTooFewPlaces_StillFindsThemAll()
    {
        // Of forty thousand equal points and three others a sample would most likely miss the others.
        var values = new float[40_003];
        (values[10], values[20_000], values[40_000]) = (1, 2, 3);
        var result = KMeans.Fit(new PointSet<float>(values, 1), 4, new KMeansOptions { Effort = KMeansEffort.Fast });
        Assert.Equal([0, 1, 2, 3], Points.ValuesOf(result.Model.Centroids).Order());
    }

    [Fact]
    public void Fit_WithLittleEffort_FromGivenCentroids_KeepsTheirOrder()
    {
        var initial = Points.Of<float>(2, 0, 0, 1, 0, 0, 1, 1, 1);
        var centroids = KMeans.Fit(Many, initial, new KMeansOptions { Effort = KMeansEffort.Fast }).Model.Centroids;
        Assert.Equal([0, 1, 2, 3], KMeans.Assign(initial, centroids).Cluster);
    }

    [Fact]
    public void Fit_WithMomentum_EndsAtMeans_AndAtTheirNearestPoints() => Problem.ForAll(
        Problem.Any(300, 4),
        problem =>
        {
            var points = problem.Points<float>();
            var options = new KMeansOptions { Seed = problem.Seed, Tolerance = problem.Seed % 2 * 1e-4, MaxIterations = 1 + (problem.Seed % 20), Momentum = true };
            var result = KMeans.Fit(points, problem.K, options);
            var centroids = (PointSet<float>)result.Model.Centroids;
            return result.Cluster.SequenceEqual(Textbook.Assign(points, centroids))
                && result.Model.Counts.SequenceEqual(Enumerable.Range(0, result.Model.K).Select(cluster => result.Cluster.LongCount(label => label == cluster)))
                && (!result.Model.Converged || options.Tolerance > 0 || Points.ValuesOf(KMeans.Update(points, result.Cluster, centroids).Centroids).SequenceEqual(Points.ValuesOf(centroids)));
        });

    [Fact]
    public void Fit_WithMomentum_WhereRoundsCreep_TakesFarFewer_ToAnOptimumAsGood()
    {
        var options = new KMeansOptions { Seed = 4, Tolerance = 1e-8, MaxIterations = 2000 };
        var plain = KMeans.Fit(Many, 20, options).Model;
        var hurried = KMeans.Fit(Many, 20, options with { Momentum = true }).Model;
        Assert.InRange(hurried.Inertia / plain.Inertia, 0.98, 1.02);
        Assert.InRange(hurried.Iterations, 1, plain.Iterations / 2);
    }
}
