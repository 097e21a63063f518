using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

/// <summary>Runs over scaled points: centroids in the user's units, the rest in the units in which it was minimised.</summary>
public sealed class ScaledRunTests
{
    /// <summary>
    /// Published runs over scaled columns: scikit-learn's KMeans after StandardScaler (wine, iris) and MinMaxScaler
    /// (iris); for wine R's kmeans(scale(wine), 3) has the same sizes and 177/178 of the inertia, 1270.749.
    /// </summary>
    [Theory]
    [InlineData("wine", ScalingMethod.ZScore, 1277.928488844642, 51, 62, 65)]
    [InlineData("iris", ScalingMethod.ZScore, 139.82049635974974, 47, 50, 53)]
    [InlineData("iris", ScalingMethod.MinMax, 6.982216473785234, 39, 50, 61)]
    public void Fit_OfScaledColumns_ReachesThePublishedOptimum(string name, ScalingMethod method, double inertia, params int[] sizes)
    {
        var model = KMeans.Fit(KnownData.Load(name).ScaledBy(method), 3, new KMeansOptions { Restarts = 20, Tolerance = 0 }).Model;
        Assert.Equal(inertia, model.Inertia, 9);
        Assert.Equal(sizes, model.Counts.Order().Select(count => (int)count));
        Assert.Equal(method, model.Scaling!.Method);
    }

    [Theory]
    [InlineData(ScalingMethod.MinMax)]
    [InlineData(ScalingMethod.ZScore)]
    public void Fit_OfScaledPoints_ReportsMeansInTheUsersUnits(ScalingMethod method)
    {
        var points = KnownData.Load("wine");
        var result = KMeans.Fit(points.ScaledBy(method), 3, new KMeansOptions { Trace = true });
        for (int cluster = 0; cluster < 3; cluster++)
        {
            var members = Enumerable.Range(0, points.Count).Where(i => result.Cluster[i] == cluster).Select(points.GetPoint).ToArray();
            var centroid = result.Model.Centroids.GetPoint(cluster);
            Assert.All(centroid.Index(), at => Assert.Equal(members.Average(point => point[at.Index]), at.Item, 8));
            Assert.Equal(centroid, result.Model.Trace[^1].Centroids.GetPoint(cluster));
            Assert.Equal(centroid, result.Model.GetCentroids()[cluster].Centroid);
        }
    }

    [Fact]
    public void Fit_WithoutScaling_HasOneSetOfCentroids()
    {
        var model = KMeans.Fit(KnownData.Load("iris"), 3).Model;
        Assert.Null(model.Scaling);
        Assert.Same(model.Centroids, model.ScaledCentroids);
    }

    [Fact]
    public void Assign_ToTheCentroidsOfAModel_ScalesThePointsAsTheModelsWere()
    {
        var points = KnownData.Load("wine");
        var result = KMeans.Fit(points.ScaledBy(ScalingMethod.ZScore), 5);
        var nearest = KMeans.Assign(points, result.Model.ScaledCentroids);
        Assert.Equal(result.Cluster, nearest.Cluster);
        Assert.Equal(result.Model.Inertia, nearest.Distance.Sum(distance => distance * distance), 9);
        Assert.Equal(Points.ValuesOf(result.Model.Centroids), Points.ValuesOf(nearest.Centroids));

        // Points that are scaled by themselves go through the user's units.
        Assert.Equal(result.Cluster, KMeans.Assign(points.ScaledBy(ScalingMethod.MinMax), result.Model.ScaledCentroids).Cluster);
    }

    [Fact]
    public void Steps_OverScaledPoints_TakeAndGiveCentroidsInTheUsersUnits()
    {
        var points = KnownData.Load("wine").ScaledBy(ScalingMethod.ZScore);
        var first = KMeans.Seed(points, 3).ScaledAs(null);
        var nearest = KMeans.Assign(points, first);
        var update = KMeans.Update(points, nearest.Cluster, first);
        var run = KMeans.Fit(points, first, new KMeansOptions { MaxIterations = 1, Trace = true }).Model;
        Assert.Null(update.Centroids.Scaling);
        Assert.All(Points.ValuesOf(update.Centroids).Zip(Points.ValuesOf(run.Centroids)), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    [Fact]
    public void Fit_FromTheCentroidsOfAModel_ScalesPointsAsTheModelsWere()
    {
        var points = KnownData.Load("wine");
        var model = KMeans.Fit(points.ScaledBy(ScalingMethod.ZScore), 3, new KMeansOptions { Tolerance = 0 }).Model;
        var again = KMeans.Fit(points, model.ScaledCentroids).Model;
        Assert.Equal(model.Scaling, again.Scaling);
        Assert.Equal(model.Inertia, again.Inertia);
        Assert.Equal(1, again.Iterations);
    }

    [Fact]
    public void AlgorithmFor_Auto_NamesOne_AndWhatIsAskedForStays()
    {
        var points = KnownData.Load("iris");
        Assert.Equal(KMeansAlgorithm.Hamerly, KMeans.AlgorithmFor(points, 3));
        Assert.Equal(KMeansAlgorithm.BruteForce, KMeans.AlgorithmFor(points, 1));
        Assert.Equal(KMeansAlgorithm.BoxFilter, KMeans.AlgorithmFor(points, 3, KMeansAlgorithm.BoxFilter));
    }
}
