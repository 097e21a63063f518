using KMeansPS.Evaluation;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Evaluation;

public sealed class ClusteringMeasuresTests
{
    public static TheoryData<int> Threads => [1, 2, 3, 8, -1];

    [Fact]
    public void Of_TwoPairs_IsWhatAPencilSays()
    {
        // Means 0.5 and 10.5, of all 5.5: B = 4 x 25, W = 4 x 0.25; s = 0.5 and d = 10.
        var measure = ClusteringMeasures.Of(Points.Of<double>(1, 0, 1, 10, 11), [0, 0, 1, 1]);
        Assert.Equal(2, measure.K);
        Assert.Equal(1, measure.Inertia);
        Assert.Equal(200, measure.CalinskiHarabasz);
        Assert.Equal(0.1, measure.DaviesBouldin!.Value, 15);
        Assert.Equal([2, 2], measure.Size);
        Assert.Equal(4, measure.SilhouetteSample);
        Assert.False(measure.IsKnee);
        Assert.Null(measure.Seed);
    }

    [Fact]
    public void Of_OneCluster_HasInertiaAlone()
    {
        var measure = ClusteringMeasures.Of(Points.Of<double>(1, 0, 2, 4), [0, 0, 0]);
        Assert.Equal((1, 8), (measure.K, measure.Inertia));
        Assert.Null(measure.Silhouette);
        Assert.Null(measure.SilhouetteError);
        Assert.Null(measure.CalinskiHarabasz);
        Assert.Null(measure.DaviesBouldin);
    }

    [Fact]
    public void Of_AsManyClustersAsPoints_HasInertiaAlone()
    {
        var measure = ClusteringMeasures.Of(Points.Of<double>(1, 0, 2, 4), [0, 1, 2]);
        Assert.Equal((3, 0), (measure.K, measure.Inertia));
        Assert.Null(measure.Silhouette);
        Assert.Null(measure.CalinskiHarabasz);
        Assert.Null(measure.DaviesBouldin);
    }

    [Fact]
    public void Of_ClustersOfOnePlaceEach_IsBest()
    {
        var measure = ClusteringMeasures.Of(Points.Of<double>(1, 0, 0, 4, 4), [0, 0, 1, 1]);
        Assert.Equal(1, measure.Silhouette);
        Assert.Equal(double.PositiveInfinity, measure.CalinskiHarabasz);
        Assert.Equal(0, measure.DaviesBouldin);
    }

    [Fact]
    public void Of_ClustersAtOnePlace_ComparesThemNot()
    {
        var measure = ClusteringMeasures.Of(Points.Of<double>(1, 5, 5, 5), [0, 0, 1]);
        Assert.Null(measure.CalinskiHarabasz);
        Assert.Equal(0, measure.DaviesBouldin);
    }

    [Fact]
    public void Of_ClusterNumbersWithGaps_IsThatOfTheClustersWithPoints()
    {
        var points = Points.Of<double>(1, 0, 1, 10, 11);
        var measure = ClusteringMeasures.Of(points, [2024, 2024, 7, 7]);
        Assert.Equal(ClusteringMeasures.Of(points, [1, 1, 0, 0]) with { Size = measure.Size }, measure);
    }

    [Fact]
    public void Of_AnAssignment_HasTheInertiaAboutItsCentroids()
    {
        var points = Points.Weighted<double>(1, [1, 2, 1, 2], 0, 1, 10, 11);
        var measure = ClusteringMeasures.Of(points, KMeans.Assign(points, Points.Of<double>(1, 0, 12)));
        Assert.Equal(2 + 4 + 2, measure.Inertia);
    }

    [Fact]
    public void Of_AResult_HasTheInertiaAndTheSeedOfItsModel()
    {
        var points = new Problem(1, 500, 3, 4, Terrain.Uniform, false).Points<float>();
        var result = KMeans.Fit(points, 4, new KMeansOptions { Seed = 5, MaxIterations = 2 });
        var measure = ClusteringMeasures.Of(points, result);
        Assert.Equal(result.Model.Inertia, measure.Inertia);
        Assert.Equal(5, measure.Seed);
        Assert.Equal(result.Model.Counts, measure.Size.Select(size => (long)size));
    }

    [Theory]
    [InlineData(ScalingMethod.MinMax)]
    [InlineData(ScalingMethod.ZScore)]
    public void Of_AScaledRun_IsMeasuredAsItWasScaled(ScalingMethod method)
    {
        var points = KnownData.Load("wine");
        var scaled = points.ScaledBy(method);
        var result = KMeans.Fit(scaled, 3, new KMeansOptions { Tolerance = 0 });
        var measure = ClusteringMeasures.Of(scaled, result);
        Assert.Equal(measure, ClusteringMeasures.Of(points, result) with { Size = measure.Size });
        var assigned = ClusteringMeasures.Of(points, KMeans.Assign(points, result.Model.ScaledCentroids));
        Assert.Equal(measure.Silhouette, assigned.Silhouette);
        Assert.Equal(measure.Inertia, assigned.Inertia, 9);
        Assert.Equal(measure.Silhouette, ClusteringMeasures.Of(scaled, result.Cluster).Silhouette);
        Assert.NotEqual(measure.Silhouette, ClusteringMeasures.Of(points, result.Cluster).Silhouette);
    }

    [Fact]
    public void Of_Weights_IsThatOfSoManyPoints()
    {
        var random = new Random(1);
        double[] weights = [.. Enumerable.Range(0, 40).Select(_ => (double)random.Next(1, 5))];
        double[] values = [.. Enumerable.Range(0, 80).Select(_ => random.NextDouble())];
        int[] copies = [.. Enumerable.Range(0, 40).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var one = ClusteringMeasures.Of(Points.Weighted<double>(2, weights, values), [.. Enumerable.Range(0, 40).Select(i => i % 3)]);
        var all = ClusteringMeasures.Of(Points.Of<double>(2, [.. copies.SelectMany(i => values[(2 * i)..((2 * i) + 2)])]), [.. copies.Select(i => i % 3)]);
        Assert.Equal(all.Inertia, one.Inertia, 12);
        Assert.Equal(all.CalinskiHarabasz!.Value, one.CalinskiHarabasz!.Value, 12);
        Assert.Equal(all.DaviesBouldin!.Value, one.DaviesBouldin!.Value, 12);
    }

    [Fact]
    public void Of_PointsFarFromTheOrigin_IsAsNearIt()
    {
        var near = new Problem(1, 200, 3, 4, Terrain.Lattice, false).Points<double>();
        var far = new PointSet<double>(near.Values.ToArray().Select(value => value + 1e9).ToArray(), 3);
        int[] clusters = KMeans.Fit(near, 4).Cluster;
        var (here, there) = (ClusteringMeasures.Of(near, clusters), ClusteringMeasures.Of(far, clusters));
        Assert.Equal(here.Silhouette, there.Silhouette);
        Assert.Equal(1, there.CalinskiHarabasz!.Value / here.CalinskiHarabasz!.Value, 6);
        Assert.Equal(1, there.DaviesBouldin!.Value / here.DaviesBouldin!.Value, 6);
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void Of_OnAnyNumberOfThreads_IsTheSame(int threads)
    {
        var points = new Problem(1, 30_000, 5, 40, Terrain.Uniform, true).Points<float>();
        int[] clusters = KMeans.Fit(points, 40).Cluster;
        var one = ClusteringMeasures.Of(points, clusters, null, new ParallelOptions { MaxDegreeOfParallelism = 1 });
        Assert.Equal(one, ClusteringMeasures.Of(points, clusters, null, new ParallelOptions { MaxDegreeOfParallelism = threads }) with { Size = one.Size });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void EveryMeasure_OfACancelledToken_Throws(int threads)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = new CancellationToken(canceled: true) };
        var points = new Problem(1, 5000, 2, 9, Terrain.Uniform, true).Points<float>();
        int[] clusters = KMeans.Fit(points, 9).Cluster;
        Action[] measures =
        [
            () => ClusteringMeasures.Of(points, clusters, null, parallel),
            () => Silhouette.Measure(points, clusters, null, parallel),
            () => CalinskiHarabasz.Measure(points, clusters, parallel),
            () => DaviesBouldin.Measure(points, clusters, parallel),
        ];
        Assert.All(measures, measure => Assert.ThrowsAny<OperationCanceledException>(measure));
    }
}
