using KMeansPS.Numerics;
using KMeansPS.Refinement;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public sealed class SearchSetTests
{
    [Theory]
    [InlineData(70, 3, 5)]
    [InlineData(3_000, 3, 40)]
    [InlineData(3_000, 3, 60)]
    [InlineData(700, 4, 50)]
    [InlineData(700, 6, 20)]
    [InlineData(5_003, 210, 5)]
    public void Run_InTilesOrInBoxesOrInRows_FindsWhatTheTextbookFinds(int count, int dimension, int k)
    {
        var given = new Problem(5, count, dimension, k, Terrain.Uniform, Weighted: true).Points<float>();
        var centroids = given.Select([.. Enumerable.Range(0, k).Select(cluster => 7 * cluster % count)], weights: null);
        var set = new SearchSet<float>(given, 0, TileKernel<float>.ForThisProcessor(), CancellationToken.None);
        var points = set.Points;
        var optimum = set.Run(centroids.Values.ToArray(), 0);
        var seconds = set.Seconds(optimum).ToArray();
        var measured = new float[set.RoomForPoints];
        set.Measure(points[7], measured);

        Assert.Equal(dimension < 100, set.AreKept);
        Assert.Equal(Rows(given), Rows(points));
        Assert.Equal(Textbook.Assign(points, centroids), optimum.Nearest);
        Assert.All(Enumerable.Range(0, count), i =>
        {
            float[] squares = [.. Enumerable.Range(0, k).Select(cluster => Textbook.SquaredDistance(points[i], centroids[cluster])).Order()];
            Assert.Equal(squares[0], optimum.Squares[i]);
            Assert.Equal(squares[1], seconds[i]);
            Assert.Equal(Textbook.SquaredDistance(points[i], points[7]), measured[i]);
        });
        Assert.Equal(1, optimum.Inertia / Enumerable.Range(0, count).Sum(i => points.Weights[i] * (double)optimum.Squares[i]), 12);
    }

    // Only the tiles near a centroid that moved, came or went are looked at again.
    [Fact]
    public void AfterMovingAddingAndRemoving_ThePointsAreWhereAFreshAssignmentPutsThem() => Problem.ForAll(
        Problem.Any(2_000, 4),
        problem =>
        {
            var set = new SearchSet<float>(problem.Points<float>(), 0, TileKernel<float>.ForThisProcessor(), CancellationToken.None);
            var random = new Random(problem.Seed);
            var optimum = set.Run(problem.Centroids<float>().Values.ToArray(), 3);
            for (int change = 0; change < 4; change++)
            {
                float[] more = [.. optimum.Centroids, .. set.Points[random.Next(problem.N)], .. set.Points[random.Next(problem.N)]];
                set.Points[random.Next(problem.N)].CopyTo(more.AsSpan(random.Next(more.Length / problem.D) * problem.D));
                var before = optimum;
                optimum = set.With(before, more);
                if (!IsAsFresh(set, before) || !IsAsFresh(set, optimum) || !IsAsFresh(set, set.Run(optimum, 2)))
                {
                    return false;
                }

                set.Remove(optimum, Enumerable.Range(0, more.Length / problem.D).Where(_ => random.Next(4) == 0).Skip(1).ToHashSet());
                if (!IsAsFresh(set, optimum) || !IsAsFresh(set, set.Run(optimum, 2)))
                {
                    return false;
                }

                set.Discard(before);
            }

            return true;
        });

    [Fact]
    public void Run_WithoutTiles_CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var points = new Problem(5, 5_003, 210, 5, Terrain.Uniform, Weighted: false).Points<float>();
        var set = new SearchSet<float>(points, 0, TileKernel<float>.ForThisProcessor(), cancellation.Token);
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => set.Measure(points[0], new float[set.RoomForPoints]));
        Assert.Throws<OperationCanceledException>(() => set.Run([.. points[0]], 1));
    }

    private static bool IsAsFresh(SearchSet<float> set, Optimum<float> optimum)
    {
        var fresh = set.Run(optimum.Centroids, 0);
        bool same = optimum.Nearest.SequenceEqual(fresh.Nearest)
            && optimum.Squares.SequenceEqual(fresh.Squares)
            && set.Seconds(optimum).SequenceEqual(set.Seconds(fresh))
            && optimum.Inertia.Equals(fresh.Inertia);
        set.Discard(fresh);
        return same;
    }

    private static IEnumerable<string> Rows(PointSet<float> points) =>
        Enumerable.Range(0, points.Count).Select(i => $"{string.Join(' ', points.GetPoint(i))}: {points.Weights[i]}").Order();
}
