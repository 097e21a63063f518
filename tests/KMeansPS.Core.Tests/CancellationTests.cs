using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public sealed class CancellationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryStep_OfACancelledToken_Throws(int threads)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = new CancellationToken(canceled: true) };
        var points = new Problem(1, 5000, 2, 9, Terrain.Uniform, true).Points<float>();
        var centroids = KMeans.Seed(points, 9);
        int[] clusters = KMeans.Assign(points, centroids).Cluster;
        Action[] steps =
        [
            () => KMeans.Seed(points, 9, new KMeansOptions { Method = SeedingMethod.KMeansPlusPlus }, parallel),
            () => KMeans.Seed(points, 9, new KMeansOptions { Method = SeedingMethod.Random }, parallel),
            () => KMeans.Assign(points, centroids, parallel),
            () => KMeans.Update(points, clusters, centroids, parallel),
            () => KMeans.Fit(points, 9, null, parallel),
            () => KMeans.Fit(points, centroids, null, parallel),
        ];
        Assert.All(steps, step => Assert.Equal(parallel.CancellationToken, Assert.ThrowsAny<OperationCanceledException>(step).CancellationToken));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_CancelledFromItsProgress_DoesNoOtherIteration(int threads)
    {
        using var cancellation = new CancellationTokenSource();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation.Token };
        var points = new Problem(1, 50_000, 2, 50, Terrain.Uniform, false).Points<float>();
        var progress = new RecordingProgress(step =>
        {
            if (step.Iteration == 2)
            {
                cancellation.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => KMeans.Fit(points, 50, new KMeansOptions { Tolerance = 0 }, parallel, progress));
        Assert.Equal(2, progress.Steps.Count);
    }

    // Without cancellation these would take many minutes.
    [Theory]
    [InlineData(1, SeedingMethod.Random, 16)]
    [InlineData(2, SeedingMethod.Random, 16)]
    [InlineData(1, SeedingMethod.Random, 2)]
    [InlineData(1, SeedingMethod.KMeansPlusPlus, 16)]
    [InlineData(2, SeedingMethod.KMeansPlusPlus, 16)]
    public void Fit_CancelledFromAnotherThread_Ends(int threads, SeedingMethod method, int dimension)
    {
        var points = new Problem(1, 800_000 / dimension, dimension, 1, Terrain.Uniform, false).Points<double>();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation.Token };
        var options = new KMeansOptions { Method = method, Tolerance = 0, MaxIterations = int.MaxValue, Restarts = int.MaxValue };
        Assert.ThrowsAny<OperationCanceledException>(() => KMeans.Fit(points, 5000, options, parallel));
    }
}
