using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

/// <summary>What cannot be clustered is refused in words that name it.</summary>
public sealed class KMeansArgumentTests
{
    private static readonly PointSet<double> ThreePoints = Points.Of<double>(1, 1, 2, 3);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4)]
    public void KOutsideOneToTheNumberOfPoints_IsRefused(int k)
    {
        foreach (var act in new Action[] { () => KMeans.Fit(ThreePoints, k), () => KMeans.Seed(ThreePoints, k) })
        {
            var thrown = Assert.Throws<ArgumentOutOfRangeException>(act);
            Assert.Equal("k", thrown.ParamName);
            Assert.Equal(k, thrown.ActualValue);
            Assert.Contains("K is 1 to the number of points, 3", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Fit_FromMoreCentroidsThanPoints_IsRefused() =>
        Assert.Contains("1 to the number of points, 3", Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(ThreePoints, Points.Of<double>(1, 1, 2, 3, 4))).Message, StringComparison.Ordinal);

    [Fact]
    public void Fit_FromCentroidsOfAnotherDimension_IsRefused() =>
        Assert.Contains("points have 1 dimensions, the centroids 3", Assert.Throws<ArgumentException>(() => KMeans.Fit(ThreePoints, Points.Of<double>(3, 1, 2, 3))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1, 0, "MaxIterations")]
    [InlineData(1, 0, 0, "Restarts")]
    [InlineData(1, 1, -1e-9, "Tolerance")]
    [InlineData(1, 1, double.NaN, "Tolerance")]
    [InlineData(1, 1, double.PositiveInfinity, "Tolerance")]
    public void OptionsOutsideTheirRange_AreRefusedByName(int maxIterations, int restarts, double tolerance, string name)
    {
        var options = new KMeansOptions { MaxIterations = maxIterations, Restarts = restarts, Tolerance = tolerance };
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new KMeans<float>(options)).ParamName);
    }

    [Fact]
    public void Options_StandAsTheyAreDocumented()
    {
        var options = new KMeansOptions();
        Assert.Equal((SeedingMethod.KMeansPlusPlus, KMeansAlgorithm.Auto, 0L, 300, 1e-4, 1, false), (options.Method, options.Algorithm, options.Seed, options.MaxIterations, options.Tolerance, options.Restarts, options.Trace));
    }
}
