using KMeansPS.Evaluation;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Evaluation;

public sealed class KneeOfCurveTests
{
    [Fact]
    public void Find_InTheCurveOfThePaper_IsItsKnee()
    {
        // Figure 2 of Satopää et al.: y = -1 / x + 5 rises to a knee at x = 0.22; turned over it falls to the same.
        double[] x = [.. Enumerable.Range(0, 10).Select(i => i / 9.0)];
        double[] y = [.. x.Select(value => 1 / (value + 0.1))];
        Assert.Equal(2, KneeOfCurve.Find(x, y));
    }

    [Theory]
    [InlineData("1 2 3 4 5", "100 20 15 10 5", 1)]
    [InlineData("2 3 4 5 6", "90 60 20 15 10", 2)]
    [InlineData("1 2 10 20", "100 60 10 0", 2)]
    [InlineData("2 3 4", "10 1 0", 1)]
    public void Find_IsThePointFarthestBelowTheLine(string x, string y, int knee) => Assert.Equal(knee, KneeOfCurve.Find(Numbers(x), Numbers(y)));

    [Theory]
    [InlineData("1 2", "10 1")]
    [InlineData("5", "1")]
    [InlineData("1 2 3 4 5 6 7", "0.6 0.5 0.4 0.3 0.2 0.1 0")]
    [InlineData("1 2 3", "1 1 1")]
    [InlineData("1 2 3", "1 0 2")]
    [InlineData("1 2 3", "10 9 0")]
    public void Find_WhereTheCurveDoesNotBend_IsNone(string x, string y) => Assert.Null(KneeOfCurve.Find(Numbers(x), Numbers(y)));

    [Fact]
    public void Find_RefusesListsOfDifferentLength() => Assert.Throws<ArgumentException>(() => KneeOfCurve.Find([1, 2, 3], [1, 2]));

    [Fact]
    public void Find_InTheInertiaOfFourBlobs_IsFour()
    {
        var points = new Problem(1, 400, 2, 4, Terrain.Blobs, false).Points<double>();
        double[] k = [.. Enumerable.Range(1, 8).Select(i => (double)i)];
        double[] inertia = [.. k.Select(i => KMeans.Fit(points, (int)i, new KMeansOptions { Restarts = 10 }).Model.Inertia)];
        Assert.Equal(4, k[KneeOfCurve.Find(k, inertia)!.Value]);
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
