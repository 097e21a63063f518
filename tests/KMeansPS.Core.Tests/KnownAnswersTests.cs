using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

/// <summary>The best known clusterings of public data sets (Data/SOURCES.md).</summary>
public sealed class KnownAnswersTests
{
    private static readonly KMeansOptions ManyStarts = new() { Restarts = 50, Tolerance = 0, Seed = 1 };

    [Theory]
    [InlineData("iris", 2, 152.34795176035797, "53 97")]
    [InlineData("iris", 3, 78.851441426146, "38 50 62")]
    [InlineData("iris", 4, 57.22847321428572, "28 32 40 50")]
    [InlineData("iris", 5, 46.44618205128204, "12 24 25 39 50")]
    [InlineData("faithful", 2, 8901.768720947204, "100 172")]
    [InlineData("wine", 2, 4543749.614531863, "55 123")]
    [InlineData("wine", 3, 2370689.6867829696, "47 62 69")]
    [InlineData("wine", 4, 1331903.0622637176, "23 32 57 66")]
    public void Fit_WithRestarts_FindsTheBestKnownClustering(string data, int k, double inertia, string counts)
    {
        var points = KnownData.Load(data);
        foreach (var method in Enum.GetValues<SeedingMethod>())
        {
            var inDouble = KMeans.Fit(points, k, ManyStarts with { Method = method }).Model;
            Assert.Equal(1, inDouble.Inertia / inertia, 12);
            Assert.Equal(counts, string.Join(' ', inDouble.Counts.Order()));
            var inSingle = KMeans.Fit(points.ToPrecision<float>(), k, ManyStarts with { Method = method }).Model;
            Assert.Equal(1, inSingle.Inertia / inertia, 5);
            Assert.Equal(counts, string.Join(' ', inSingle.Counts.Order()));
        }
    }

    [Theory]
    [InlineData("iris", 3, 78.85144, 5)]
    [InlineData("faithful", 2, 8901.769, 3)]
    [InlineData("wine", 3, 2370689.7, 1)]
    public void Fit_FindsThePublishedInertia_ToEveryDigit(string data, int k, double published, int digits) =>
        Assert.Equal(published, Math.Round(KMeans.Fit(KnownData.Load(data), k, ManyStarts).Model.Inertia, digits));

    [Fact]
    public void Fit_OfIris_FindsTheKnownCentroids_AndNamesTheirColumns()
    {
        var model = KMeans.Fit(KnownData.Load("iris"), 3, ManyStarts).Model;
        double[][] expected =
        [
            [5.006, 3.428, 1.462, 0.246],
            [5.901612903225806, 2.7483870967741937, 4.393548387096774, 1.4338709677419355],
            [6.85, 3.0736842105263156, 5.742105263157894, 2.0710526315789473],
        ];
        var centroids = model.GetCentroids().OrderBy(centroid => centroid.Centroid[0]).ToArray();
        Assert.Equal([50L, 62, 38], centroids.Select(centroid => centroid.Count));
        Assert.All(centroids.Zip(expected), pair => Assert.All(pair.First.Centroid.Zip(pair.Second), value => Assert.Equal(value.Second, value.First, 12)));
        Assert.Equal(["sepal_length", "sepal_width", "petal_length", "petal_width"], model.ColumnName);
    }
}
