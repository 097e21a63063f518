using KMeansPS.Evaluation;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Evaluation;

public sealed class SilhouetteTests
{
    public static TheoryData<int> Threads => [1, 2, 3, 8, -1];

    [Fact]
    public void Measure_OfTwoPairs_IsWhatAPencilSays()
    {
        // For the outer points a = 1 and b = 10.5, for the inner ones a = 1 and b = 9.5.
        var score = Silhouette.Measure(Points.Of<double>(1, 0, 1, 10, 11), [0, 0, 1, 1])!;
        Assert.Equal([9.5 / 10.5, 8.5 / 9.5, 8.5 / 9.5, 9.5 / 10.5], score.Value);
        Assert.Equal([0, 1, 2, 3], score.Point);
        Assert.Equal(0.899749373433584, score.Mean, 14);
        Assert.Equal(0, score.StandardError);
    }

    [Fact]
    public void Measure_OfTheOnlyPointOfACluster_IsZero() =>
        Assert.Equal([0.9, 8.0 / 9, 0], Silhouette.Measure(Points.Of<double>(1, 0, 1, 10), [0, 0, 1])!.Value);

    [Fact]
    public void Measure_OfClustersAtOnePlace_IsZero() =>
        Assert.Equal([0.0, 0, 0, 0], Silhouette.Measure(Points.Of<double>(1, 5, 5, 5, 5), [0, 1, 0, 1])!.Value);

    [Fact]
    public void Measure_WhereItIsNotDefined_IsNull()
    {
        var points = Points.Of<double>(1, 0, 1, 10);
        Assert.Null(Silhouette.Measure(points, [0, 0, 0]));
        Assert.Null(Silhouette.Measure(points, [4, 4, 4]));
        Assert.Null(Silhouette.Measure(points, [0, 1, 2]));
        Assert.Null(Silhouette.Measure(Points.Weighted<double>(1, [1, 0.5, 1], 0, 1, 10), [0, 0, 1]));
    }

    [Fact]
    public void Measure_RefusesClustersThatDoNotFitThePoints()
    {
        var points = Points.Of<double>(1, 0, 1, 10);
        Assert.Contains("3 points need 3", Assert.Throws<ArgumentException>(() => Silhouette.Measure(points, [0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("Point 1 is in cluster -2", Assert.Throws<ArgumentException>(() => Silhouette.Measure(points, [0, -2, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Silhouette.Measure(points, [0, 0, 1], new SilhouetteOptions { SampleSize = 1 }));
    }

    [Fact]
    public void Measure_OfAnyPoints_IsItsDefinition()
    {
        AssertDefinition<float>();
        AssertDefinition<double>();

        static void AssertDefinition<T>()
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => Problem.ForAll(Problem.Any(300, 70), problem =>
            {
                var points = (problem with { Weighted = false }).Points<T>();
                int[] clusters = KMeans.Assign(points, problem.Centroids<T>()).Cluster;
                int k = clusters.Distinct().Count();
                var score = Silhouette.Measure(points, clusters);
                return k == 1 || k == points.Count
                    ? score is null
                    : score!.Value.Zip(Silhouettes.Of(points, clusters)).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
            });
    }

    [Fact]
    public void Measure_OfWeights_IsThatOfSoManyPoints()
    {
        var random = new Random(1);
        double[] weights = [.. Enumerable.Range(0, 40).Select(_ => (double)random.Next(1, 5))];
        double[] values = [.. Enumerable.Range(0, 80).Select(_ => random.NextDouble())];
        int[] clusters = [.. Enumerable.Range(0, 40).Select(i => i == 0 ? 3 : i % 3)];
        int[] copies = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var one = Silhouette.Measure(Points.Weighted<double>(2, weights, values), clusters)!;
        var all = Silhouette.Measure(Points.Of<double>(2, [.. copies.SelectMany(i => values[(2 * i)..((2 * i) + 2)])]), [.. copies.Select(i => clusters[i])])!;
        Assert.Equal(all.Mean, one.Mean, 12);
        Assert.All(copies.Zip(all.Value), pair => Assert.Equal(pair.Second, one.Value[pair.First], 12));
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void Measure_OnAnyNumberOfThreads_IsTheSame(int threads)
    {
        var points = new Problem(1, 3000, 7, 6, Terrain.Uniform, false).Points<float>();
        int[] clusters = KMeans.Fit(points, 6).Cluster;
        double[] Values(int most) =>
            [.. Silhouette.Measure(points, clusters, null, new ParallelOptions { MaxDegreeOfParallelism = most })!.Value];
        Assert.True(Bits.Same<double>(Values(1), Values(threads)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    [InlineData(1000)]
    public void Measure_OfAnyWidth_IsTheSame(int dimension)
    {
        var points = new Problem(1, 150, dimension, 4, Terrain.Blobs, true).Points<double>();
        var layout = ClusterLayout.Of(points, KMeans.Fit(points, 4).Cluster, CancellationToken.None);
        double[][] ofWidths = [.. Kernels.All<double>().Select(kernel => new SilhouetteOfPoints<double>(points, layout, kernel).Measure([.. Enumerable.Range(0, 150)], new ParallelOptions()))];
        Assert.All(ofWidths, values => Assert.True(Bits.Same<double>(ofWidths[0], values)));
    }

    [Fact]
    public void Measure_OfASample_HasTheValuesOfAll()
    {
        var points = new Problem(1, 1000, 3, 5, Terrain.Blobs, false).Points<double>();
        int[] clusters = KMeans.Fit(points, 5).Cluster;
        var all = Silhouette.Measure(points, clusters)!;
        var some = Silhouette.Measure(points, clusters, new SilhouetteOptions { SampleSize = 100, Seed = 7 })!;
        Assert.Equal(100, some.Point.Distinct().Count());
        Assert.Equal(some.Point.Order(), some.Point);
        Assert.Equal(some.Point.Select(i => all.Value[i]), some.Value);
        Assert.NotEqual(some.Point, Silhouette.Measure(points, clusters, new SilhouetteOptions { SampleSize = 100, Seed = 8 })!.Point);
        Assert.Equal(all.Mean, Silhouette.Measure(points, clusters, new SilhouetteOptions { SampleSize = 5000 })!.Mean);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Measure_OfASample_TellsItsError(bool weighted)
    {
        // The means of many samples scatter about the true mean as each of them says.
        var problem = new Problem(3, 400, 2, 5, Terrain.Uniform, false);
        var points = new PointSet<double>(problem.Points<double>().Values.ToArray(), 2, weighted ? [.. Enumerable.Range(0, 400).Select(i => 1.0 + (i % 4))] : null);
        int[] clusters = KMeans.Fit(points, 5).Cluster;
        double truth = Silhouette.Measure(points, clusters)!.Mean;
        SilhouetteScore[] samples = [.. Enumerable.Range(0, 500).Select(seed => Silhouette.Measure(points, clusters, new SilhouetteOptions { SampleSize = 100, Seed = seed })!)];
        double scatter = Math.Sqrt(samples.Average(sample => (sample.Mean - truth) * (sample.Mean - truth)));
        Assert.InRange(samples.Average(sample => sample.StandardError) / scatter, 0.9, 1.1);
        Assert.InRange(samples.Average(sample => sample.Mean) - truth, -0.2 * scatter, 0.2 * scatter);
    }

    [Fact]
    public void Measure_OfMoreThanTheLimit_TakesASample()
    {
        var points = new Problem(1, Silhouette.ExactLimit + 1, 2, 3, Terrain.Uniform, false).Points<float>();
        int[] clusters = KMeans.Fit(points, 3).Cluster;
        var score = Silhouette.Measure(points, clusters)!;
        Assert.Equal(Silhouette.DefaultSampleSize, score.Value.Count);
        Assert.InRange(score.StandardError, 0.0001, 0.01);
        Assert.Equal(score.Mean, Silhouette.Measure(points, clusters)!.Mean);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Measure_CancelledFromAnotherThread_Ends(int threads)
    {
        // Without cancellation this would take many minutes.
        var points = new Problem(1, 200_000, 64, 2, Terrain.Uniform, false).Points<float>();
        int[] clusters = [.. Enumerable.Range(0, points.Count).Select(i => i % 2)];
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => Silhouette.Measure(points, clusters, new SilhouetteOptions { SampleSize = points.Count }, parallel));
    }
}
