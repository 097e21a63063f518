using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;
using KMeansPS.Update;

namespace KMeansPS.Tests.Assignment;

public abstract class BoxFilterAssignmentTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void Assign_RoundAfterRound_IsTheTextbooks() => Problem.ForAll(Problem.Any(600, 14), problem =>
    {
        var points = problem.Points<T>();
        int[] order = SpatialOrder.Of(points, CancellationToken.None);
        int[] clusters = [.. Enumerable.Repeat(-1, points.Count)];
        var method = new BoxFilterAssignment<T>(points, problem.Seed % 2 == 0 ? order : null, TileKernel<T>.ForThisProcessor());
        var moves = new BlockMoves<T>(points, problem.K);
        for (int round = 0; round < 4; round++)
        {
            // Other centroids each round, then the same once more.
            var centroids = (problem with { Seed = problem.Seed - Math.Min(round, 2) }).Centroids<T>();
            int[] before = [.. clusters];
            method.Begin(centroids.Values.ToArray());
            moves.Clear();
            int moved = method.Assign(0, points.Count, clusters, moves, CancellationToken.None);
            if (!clusters.SequenceEqual(Textbook.Assign(points, centroids)) || moved != before.Zip(clusters).Count(pair => pair.First != pair.Second))
            {
                return false;
            }
        }

        return true;
    });

    [Theory]
    [InlineData(Terrain.Uniform)]
    [InlineData(Terrain.Blobs)]
    [InlineData(Terrain.Lattice)]
    [InlineData(Terrain.Duplicates)]
    [InlineData(Terrain.Offset)]
    [InlineData(Terrain.Tiny)]
    [InlineData(Terrain.Huge)]
    public void Fit_WithEitherAlgorithm_GivesTheSameBits(Terrain terrain)
    {
        // Below and above the size at which the points are put in order.
        foreach (int n in new[] { 1, 3, 500, 4095, 4096, 5001 })
        {
            foreach (int d in new[] { 1, 2, 3, 5, 12, 13 })
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
    public void Fit_WithEitherAlgorithm_GivesTheSameBits_FromAnyCentroids() => Problem.ForAll(Problem.Any(700, 6), problem =>
    {
        var points = problem.Points<T>();
        var initial = problem.Centroids<T>();
        var options = new KMeansOptions { MaxIterations = 30, Trace = true, Tolerance = 0 };
        return Bits.Of<T>(new KMeans<T>(options with { Algorithm = KMeansAlgorithm.BoxFilter }).Fit(points, initial))
            == Bits.Of<T>(new KMeans<T>(options with { Algorithm = KMeansAlgorithm.BruteForce }).Fit(points, initial));
    });
}

public sealed class BoxFilterAssignmentOfSingleTests : BoxFilterAssignmentTests<float>;

public sealed class BoxFilterAssignmentOfDoubleTests : BoxFilterAssignmentTests<double>;
