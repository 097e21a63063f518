using KMeansPS.Numerics;
using KMeansPS.Refinement;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public sealed class SearchSetTests
{
    [Theory]
    [InlineData(70, 3, 5)]
    [InlineData(3_000, 3, 40)]
    [InlineData(700, 4, 16)]
    [InlineData(700, 6, 20)]
    [InlineData(5_003, 210, 5)]
    public void Run_InTilesOrInBoxesOrInRows_FindsWhatTheTextbookFinds(int count, int dimension, int k)
    {
        var given = new Problem(5, count, dimension, k, Terrain.Uniform, Weighted: true).Points<float>();
        var centroids = given.Select([.. Enumerable.Range(0, k).Select(cluster => 7 * cluster % count)], weights: null);
        var set = new SearchSet<float>(given, 0, TileKernel<float>.ForThisProcessor(), CancellationToken.None);
        var points = set.Points;
        var optimum = set.Run(centroids.Values.ToArray(), 0);
        var measured = new double[count];
        set.Measure(points[7], measured);

        Assert.Equal(dimension < 100, set.AreKept);
        Assert.Equal(Rows(given), Rows(points));
        Assert.Equal(Textbook.Assign(points, centroids), optimum.Nearest);
        Assert.All(Enumerable.Range(0, count), i =>
        {
            double[] squares = [.. Enumerable.Range(0, k).Select(cluster => (double)Textbook.SquaredDistance(points[i], centroids[cluster])).Order()];
            Assert.Equal(squares[0] * points.Weights[i], optimum.Squares[i]);
            Assert.Equal(squares[1] * points.Weights[i], optimum.Seconds[i]);
            Assert.Equal(Textbook.SquaredDistance(points[i], points[7]) * points.Weights[i], measured[i]);
        });
        Assert.Equal(1, optimum.Inertia / optimum.Squares.Sum(), 12);
    }

    [Fact]
    public void Run_WithoutTiles_CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var points = new Problem(5, 5_003, 210, 5, Terrain.Uniform, Weighted: false).Points<float>();
        var set = new SearchSet<float>(points, 0, TileKernel<float>.ForThisProcessor(), cancellation.Token);
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => set.Measure(points[0], new double[points.Count]));
        Assert.Throws<OperationCanceledException>(() => set.Run([.. points[0]], 1));
    }

    private static IEnumerable<string> Rows(PointSet<float> points) =>
        Enumerable.Range(0, points.Count).Select(i => $"{string.Join(' ', points.GetPoint(i))}: {points.Weights[i]}").Order();
}
