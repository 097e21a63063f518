using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

/// <summary>The door for callers that do not know the precision of their points.</summary>
public sealed class KMeansTests
{
    private static readonly PointSet<double> InDouble = new Problem(1, 200, 2, 4, Terrain.Uniform, true).Points<double>();
    private static readonly PointSet<float> InSingle = InDouble.ToPrecision<float>();
    private static readonly KMeansOptions Options = new() { Seed = 5, Trace = true };

    [Fact]
    public void Fit_GoesToThePrecisionOfThePoints()
    {
        Assert.Equal(Bits.Of<float>(new KMeans<float>(Options).Fit(InSingle, 4)), Bits.Of<float>(KMeans.Fit(InSingle, 4, Options)));
        Assert.Equal(Bits.Of<double>(new KMeans<double>(Options).Fit(InDouble, 4)), Bits.Of<double>(KMeans.Fit(InDouble, 4, Options)));
    }

    [Fact]
    public void Fit_FromGivenCentroids_BringsThemToThePrecisionOfThePoints()
    {
        var initial = KMeans.Seed(InDouble, 4, Options);
        Assert.IsType<PointSet<double>>(initial);
        Assert.Equal(
            Bits.Of<float>(new KMeans<float>(Options).Fit(InSingle, initial.ToPrecision<float>())),
            Bits.Of<float>(KMeans.Fit(InSingle, initial, Options)));
        Assert.Equal(Bits.Of<double>(KMeans.Fit(InDouble, 4, Options)), Bits.Of<double>(KMeans.Fit(InDouble, initial, Options)));
    }

    [Fact]
    public void Seed_OfSinglePrecisionPoints_IsInSinglePrecision() => Assert.IsType<PointSet<float>>(KMeans.Seed(InSingle, 4));

    [Fact]
    public void Assign_AndUpdate_AreTheStepsOfARun()
    {
        PointSet[] sets = [InSingle, InDouble];
        foreach (var points in sets)
        {
            var initial = KMeans.Seed(points, 4, Options);
            var step = KMeans.Update(points, KMeans.Assign(points, initial).Cluster, initial);
            var run = KMeans.Fit(points, initial, Options with { MaxIterations = 1 });
            Assert.Equal(Points.ValuesOf(run.Model.Centroids), Points.ValuesOf(step.Centroids));
            Assert.Equal(run.Cluster, KMeans.Assign(points, step.Centroids).Cluster);
            Assert.Equal(run.Model.Counts, KMeans.Assign(points, step.Centroids).Cluster.CountBy(cluster => cluster).OrderBy(pair => pair.Key).Select(pair => (long)pair.Value));
        }
    }

    [Fact]
    public void Assign_WithCentroidsOfTheOtherPrecision_BringsThemToThatOfThePoints()
    {
        var centroids = KMeans.Seed(InDouble, 4, Options);
        Assert.Equal(KMeans.Assign(InSingle, centroids.ToPrecision<float>()).Distance, KMeans.Assign(InSingle, centroids).Distance);
        Assert.Equal(KMeans.Update(InSingle, new int[200], centroids.ToPrecision<float>()).Counts, KMeans.Update(InSingle, new int[200], centroids).Counts);
    }

    [Fact]
    public void Fit_OfAnEmptyReference_NamesTheParameter()
    {
        Assert.Equal("points", Assert.Throws<ArgumentNullException>(() => KMeans.Fit(null!, 2)).ParamName);
        Assert.Equal("points", Assert.Throws<ArgumentNullException>(() => KMeans.Seed(null!, 2)).ParamName);
        Assert.Equal("points", Assert.Throws<ArgumentNullException>(() => KMeans.Assign(null!, InDouble)).ParamName);
        Assert.Equal("points", Assert.Throws<ArgumentNullException>(() => KMeans.Update(null!, [0], InDouble)).ParamName);
        Assert.Equal("centroids", Assert.Throws<ArgumentNullException>(() => KMeans.Assign(InDouble, null!)).ParamName);
        Assert.Equal("former", Assert.Throws<ArgumentNullException>(() => KMeans.Update(InDouble, [0], null!)).ParamName);
        Assert.Equal("initial", Assert.Throws<ArgumentNullException>(() => KMeans.Fit(InDouble, (PointSet)null!)).ParamName);
    }

    [Fact]
    public void PointsInAnotherPrecision_AreRefusedByItsName() =>
        Assert.Contains("System.Half", Assert.Throws<NotSupportedException>(() => new PointSet<Half>(new Half[2], 1)).Message, StringComparison.Ordinal);
}
