using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;
using KMeansPS.Update;

namespace KMeansPS.Tests.Assignment;

/// <summary>Every way to find the nearest centroids gives what the plain one gives.</summary>
public abstract class AssignmentMethodTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Theory]
    [InlineData("boxes")]
    [InlineData("boxes in order")]
    [InlineData("bounds")]
    [InlineData("bounds in order")]
    public void Assign_RoundAfterRound_IsTheTextbooks(string way) => Problem.ForAll(Problem.Any(600, 14), problem =>
    {
        var points = problem.Points<T>();
        var method = MethodOf(way, points);
        var moves = new BlockMoves<T>(points, problem.K);
        int[] clusters = [.. Enumerable.Repeat(-1, points.Count)];
        var centroids = problem.Centroids<T>();
        for (int round = 0; round < 8; round++)
        {
            int[] before = [.. clusters];
            method.Begin(centroids.Values.ToArray());
            moves.Clear();
            int moved = method.Assign(0, points.Count, clusters, moves, CancellationToken.None);
            if (!clusters.SequenceEqual(Textbook.Assign(points, centroids)) || moved != before.Zip(clusters).Count(pair => pair.First != pair.Second))
            {
                return false;
            }

            // Small moves as in a run, a leap, and small moves again.
            centroids = round == 4
                ? (problem with { Seed = problem.Seed / 2 }).Centroids<T>()
                : Textbook.Means(points, clusters, centroids, points.Count);
        }

        return true;
    });

    [Theory]
    [InlineData("boxes")]
    [InlineData("bounds")]
    public void Assign_AfterAChangeFromOutside_PutsItRight_OnceTold(string way)
    {
        var points = new Problem(1, 300, 2, 5, Terrain.Blobs, false).Points<T>();
        var centroids = KMeans.Seed(points, 4).ToPrecision<T>().Values.ToArray();
        var method = MethodOf(way, points);
        int[] clusters = [.. Enumerable.Repeat(-1, points.Count)];
        method.Begin(centroids);
        method.Assign(0, points.Count, clusters, null, CancellationToken.None);
        int[] right = [.. clusters];
        clusters[7] = (clusters[7] + 1) % 4;
        method.Forget();
        method.Begin(centroids);
        Assert.Equal(1, method.Assign(0, points.Count, clusters, null, CancellationToken.None));
        Assert.Equal(right, clusters);
    }

    [Theory]
    [InlineData(Terrain.Uniform)]
    [InlineData(Terrain.Blobs)]
    [InlineData(Terrain.Lattice)]
    [InlineData(Terrain.Duplicates)]
    [InlineData(Terrain.Offset)]
    [InlineData(Terrain.Tiny)]
    [InlineData(Terrain.Huge)]
    public void Fit_WithEveryAlgorithm_GivesTheSameBits(Terrain terrain)
    {
        // Below and above the size at which the points are put in order.
        foreach (int n in new[] { 1, 3, 1023, 1024, 2500 })
        {
            foreach (int d in new[] { 1, 2, 4, 5, 13, 40 })
            {
                int k = Math.Min(n, 5 + (7 * (d % 3)));
                var problem = new Problem(n + d, n, d, k, terrain, d % 2 == 0);
                var points = problem.Points<T>();
                var options = new KMeansOptions { Method = SeedingMethod.Random, Seed = d, MaxIterations = 30, Trace = true, Tolerance = 0 };
                string[] runs = [.. Enum.GetValues<KMeansAlgorithm>().Select(algorithm => Bits.Of<T>(new KMeans<T>(options with { Algorithm = algorithm }).Fit(points, k)))];
                Assert.True(runs.Distinct().Count() == 1, $"{problem}");
            }
        }
    }

    [Fact]
    public void Fit_WithEveryAlgorithm_GivesTheSameBits_FromAnyCentroids() => Problem.ForAll(Problem.Any(700, 6), problem =>
    {
        var points = problem.Points<T>();
        var initial = problem.Centroids<T>();
        var options = new KMeansOptions { MaxIterations = 30, Trace = true, Tolerance = 0 };
        return Enum.GetValues<KMeansAlgorithm>().Select(algorithm => Bits.Of<T>(new KMeans<T>(options with { Algorithm = algorithm }).Fit(points, initial))).Distinct().Count() == 1;
    });

    private static AssignmentMethod<T> MethodOf(string way, PointSet<T> points)
    {
        int[]? order = way.EndsWith("in order", StringComparison.Ordinal) ? SpatialOrder.Of(points, new ParallelOptions()) : null;
        var kernel = TileKernel<T>.ForThisProcessor();
        return way.StartsWith("boxes", StringComparison.Ordinal)
            ? new BoxFilterAssignment<T>(points, order, new TileBoxes<T>(points, order, kernel, new ParallelOptions()), kernel)
            : new HamerlyAssignment<T>(points, order, kernel);
    }
}

public sealed class AssignmentMethodOfSingleTests : AssignmentMethodTests<float>;

public sealed class AssignmentMethodOfDoubleTests : AssignmentMethodTests<double>;
