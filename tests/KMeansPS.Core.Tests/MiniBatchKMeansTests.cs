using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public sealed class MiniBatchKMeansTests
{
    private static readonly MiniBatchOptions Small = new() { BatchSize = 512, SampleSize = 1000, Start = new KMeansOptions { Seed = 5, Effort = KMeansEffort.Best } };

    private static PointSet<float> Blobs(int n, int d = 3, bool weighted = false) => new Problem(7, n, d, 4, Terrain.Blobs, weighted).Points<float>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_OfBlobs_EndsWithinTwoPercentOfTheFullRun(bool weighted)
    {
        var points = Blobs(20_000, weighted: weighted);
        double full = KMeans.Fit(points, 4, new KMeansOptions { Effort = KMeansEffort.Best }).Model.Inertia;
        var model = MiniBatchKMeans.Fit(PointSource.Of(points), 4, Small);
        Assert.InRange(model.Inertia, full * (1 - 1e-9), full * 1.02);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void Fit_ReportsWhatBelongsToItsCentroids(int passes, int iterations)
    {
        var points = new Problem(3, 9000, 4, 12, Terrain.Uniform, true).Points<double>();
        var source = new CountedSource<double>(points);
        var model = MiniBatchKMeans.Fit(source, 12, Small with { Passes = passes });
        var nearest = KMeans.Assign(points, model.Centroids);
        double[] inertia = new double[12];
        long[] counts = new long[12];
        for (int i = 0; i < points.Count; i++)
        {
            inertia[nearest.Cluster[i]] += points.Weights[i] * nearest.Distance[i] * nearest.Distance[i];
            counts[nearest.Cluster[i]]++;
        }

        Assert.Equal(counts, model.Counts);
        Assert.All(inertia.Zip(model.ClusterInertia), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-12));
        Assert.Equal((iterations, passes, 5L), (model.Iterations, source.Passes, model.Seed));
        Assert.False(model.IsEstimate);
        Assert.Equal(512, source.LargestBatch);
    }

    [Fact]
    public void Fit_InMorePasses_IsAnExactRoundEach()
    {
        var points = new Problem(3, 9000, 2, 9, Terrain.Uniform, false).Points<double>();
        var options = Small with { Start = Small.Start with { Tolerance = 0 } };
        var before = MiniBatchKMeans.Fit(PointSource.Of(points), 9, options with { Passes = 4 });
        var after = MiniBatchKMeans.Fit(PointSource.Of(points), 9, options with { Passes = 5 });
        var exact = KMeans.Update(points, KMeans.Assign(points, before.Centroids).Cluster, before.Centroids);
        Assert.All(Points.ValuesOf(exact.Centroids).Zip(Points.ValuesOf(after.Centroids)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.True(after.Inertia <= before.Inertia);
    }

    [Fact]
    public void Fit_StopsWhenARoundMovesNoMoreThanTheToleranceAllows()
    {
        var source = new CountedSource<float>(Blobs(20_000));
        var model = MiniBatchKMeans.Fit(source, 4, Small with { Passes = 100 });
        Assert.True(model.Converged);
        Assert.Equal(model.Iterations + 2, source.Passes);
        Assert.InRange(source.Passes, 4, 20);
    }

    [Fact]
    public void Fit_InOnePass_EstimatesAndSaysSo()
    {
        var points = Blobs(50_000);
        var source = new CountedSource<float>(points);
        var model = MiniBatchKMeans.Fit(source, 4, Small with { Passes = 1 });
        var nearest = KMeans.Assign(points, model.Centroids);
        double inertia = nearest.Distance.Sum(distance => distance * distance);
        Assert.Equal(1, source.Passes);
        Assert.True(model.IsEstimate);
        Assert.InRange(model.Inertia, inertia * 0.9, inertia * 1.1);
        Assert.InRange(model.Counts.Sum(), points.Count - 4, points.Count + 4);
        Assert.All(model.Counts, count => Assert.InRange(count, 10_000, 15_000));
    }

    [Fact]
    public void Fit_OfSortedPoints_FindsTheClustersAtTheEndToo()
    {
        // Whoever starts from the first batch knows the first cluster alone.
        double[] values = [.. Enumerable.Range(0, 20_000).Select(i => (i / 5000 * 100) + (i % 7))];
        foreach (int passes in new[] { 1, 2, 4 })
        {
            var model = MiniBatchKMeans.Fit(PointSource.Of(new PointSet<double>(values, 1)), 4, Small with { Passes = passes });
            double[] centroids = [.. model.GetCentroids().Select(centroid => centroid.Centroid[0]).Order()];
            Assert.All(centroids.Select((centroid, i) => centroid - (100 * i)), offset => Assert.Equal(3, offset, 0.3));
        }
    }

    [Fact]
    public void Fit_OfAsManyPointsAsTheSampleTakes_IsTheExactRun()
    {
        var points = Blobs(1000);
        var exact = KMeans.Fit(points, 6, Small.Start).Model;
        foreach (int passes in new[] { 1, 4 })
        {
            var source = new CountedSource<float>(points);
            var model = MiniBatchKMeans.Fit(source, 6, Small with { Passes = passes });
            Assert.True(Bits.Same(((PointSet<float>)exact.Centroids).Values, ((PointSet<float>)model.Centroids).Values));
            Assert.Equal((exact.Inertia, exact.Converged, false, 1), (model.Inertia, model.Converged, model.IsEstimate, source.Passes));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Fit_OfScaledPoints_ReportsCentroidsInTheUsersUnits(int passes)
    {
        var points = Blobs(20_000, 2).ScaledBy(ScalingMethod.MinMax);
        var plain = points.ScaledAs(null);
        foreach (var model in new[]
        {
            MiniBatchKMeans.Fit(PointSource.Of(points), 4, Small with { Passes = passes }),
            MiniBatchKMeans.Fit(PointSource.Of(points), KMeans.Seed(plain, 4), Small with { Passes = passes }),
        })
        {
            Assert.NotNull(model.Scaling);
            Assert.InRange(model.Inertia, 0, points.Count * 0.01);
            Assert.Contains(model.GetCentroids(), centroid => centroid.Centroid.All(value => value > 50));
        }
    }

    [Fact]
    public void Fit_FromScaledCentroids_ScalesThePointsToo()
    {
        var points = Blobs(20_000, 2).ScaledBy(ScalingMethod.ZScore);
        var centroids = KMeans.Seed(points, 4);
        var model = MiniBatchKMeans.Fit(PointSource.Of(points.ScaledAs(null)), centroids, Small);
        Assert.Equal(points.Scaling, model.Scaling);
        Assert.Equal(MiniBatchKMeans.Fit(PointSource.Of(points), centroids, Small).Inertia, model.Inertia, model.Inertia * 1e-6);
    }

    [Fact]
    public void Fit_FromGivenCentroids_DrawsNone()
    {
        var points = Blobs(5000);
        var model = MiniBatchKMeans.Fit(PointSource.Of(points), KMeans.Seed(points, 5), Small);
        Assert.Null(model.Seed);
        Assert.Equal(5, model.K);
    }

    [Fact]
    public void Fit_WithACentroidThatNoPointComesTo_PlacesItAnew()
    {
        var points = Blobs(5000, 2);
        var far = Points.Of<float>(2, 0, 0, 1e6, 1e6, 100, 100);
        var model = MiniBatchKMeans.Fit(PointSource.Of(points), far, Small);
        Assert.Equal(3, model.K);
        Assert.All(model.Counts, count => Assert.True(count > 0));
    }

    [Fact]
    public void Fit_WithFewerDistinctPointsThanClusters_KeepsOneEach()
    {
        var points = new Problem(1, 5000, 2, 4, Terrain.Duplicates, false).Points<double>();
        var model = MiniBatchKMeans.Fit(PointSource.Of(points), 9, Small);
        Assert.Equal((Points.CountDistinct(points), 9), (model.K, model.RequestedK));
        Assert.Equal(0, model.Inertia, 1e-9);
    }

    [Fact]
    public void Fit_TellsOfAFaultOnceAndNotInEveryPass()
    {
        var faults = new List<string>();
        MiniBatchKMeans.Fit(new CountedSource<float>(Blobs(5000), "Row 3 is bad."), 4, Small with { OnFault = faults.Add });
        Assert.Equal(["Row 3 is bad."], faults);
        Assert.Throws<InvalidDataException>(() => MiniBatchKMeans.Fit(new CountedSource<float>(Blobs(5000), "Row 3 is bad."), 4, Small));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_CancelledFromItsProgress_ReadsNoOtherBatch(int threads)
    {
        using var cancellation = new CancellationTokenSource();
        var steps = new List<MiniBatchProgress>();
        var progress = new Recorder(step =>
        {
            steps.Add(step);
            if (step is { Pass: 2, Read: 1024 })
            {
                cancellation.Cancel();
            }
        });
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => MiniBatchKMeans.Fit(new CountedSource<float>(Blobs(5000)), 4, Small, parallel, progress));
        Assert.Equal(new MiniBatchProgress(1, 4, 512, null), steps[0]);
        Assert.Equal(new MiniBatchProgress(2, 4, 1024, 5000), steps[^1]);
    }

    [Fact]
    public void Fit_RefusesWhatMakesNoSense()
    {
        var source = PointSource.Of(Blobs(100));
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniBatchKMeans.Fit(source, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniBatchKMeans.Fit(source, 101));
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniBatchKMeans.Fit(source, 2, new MiniBatchOptions { Passes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniBatchKMeans.Fit(source, 2, new MiniBatchOptions { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => MiniBatchKMeans.Fit(source, 2, new MiniBatchOptions { SampleSize = 0 }));
        Assert.Throws<ArgumentException>(() => MiniBatchKMeans.Fit(source, Points.Of<float>(2, 1, 2)));
    }

    private sealed class Recorder(Action<MiniBatchProgress> record) : IProgress<MiniBatchProgress>
    {
        public void Report(MiniBatchProgress value) => record(value);
    }

    [Theory]
    [InlineData(ScalingMethod.MinMax, 1)]
    [InlineData(ScalingMethod.ZScore, 1)]
    [InlineData(ScalingMethod.ZScore, 4)]
    public void Fit_OfAScaledStream_FindsTheScaleInItsFirstPass(ScalingMethod scale, int passes)
    {
        // The groups lie along the narrow column.
        var values = new float[2 * 8000];
        var random = new Random(3);
        for (int i = 0; i < 8000; i++)
        {
            values[2 * i] = (i % 2) + (random.NextSingle() / 10);
            values[(2 * i) + 1] = random.NextSingle() * random.NextSingle() * 1000;
        }

        var points = new PointSet<float>(values, 2);
        var source = new CountedSource<float>(points);
        var model = MiniBatchKMeans.Fit(source, 2, Small with { Passes = passes, Scale = scale });
        var scaled = points.ScaledBy(scale);
        Assert.True(source.Passes <= passes, $"{source.Passes}");
        Assert.Equal(scaled.Scaling!.Factor[1], model.Scaling!.Factor[1], 1e-6 * scaled.Scaling.Factor[1]);
        Assert.InRange(Math.Abs(model.Centroids.GetPoint(0)[0] - model.Centroids.GetPoint(1)[0]), 0.98, 1.02);
        Assert.InRange(model.Inertia / KMeans.Fit(scaled, 2, new KMeansOptions { Effort = KMeansEffort.Best }).Model.Inertia, passes == 1 ? 0.9 : 0.98, passes == 1 ? 1.1 : 1.02);
    }
}
