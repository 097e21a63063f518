using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Assignment;

public abstract class BruteForceAssignmentTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void Assign_OfAnyStretchOfThePoints_IsTheTextbooks() => Problem.ForAll(Problem.Any(100, 70), problem =>
    {
        var points = problem.Points<T>();
        var centroids = problem.Centroids<T>();
        int[] expected = Textbook.Assign(points, centroids);
        int start = problem.Seed % points.Count;
        int length = 1 + (problem.Seed / 100 % (points.Count - start));
        return Kernels.All<T>().All(kernel =>
        {
            int[] clusters = [.. Enumerable.Repeat(-1, points.Count)];
            var method = new BruteForceAssignment<T>(points, order: null, kernel);
            method.Begin(centroids.Values.ToArray());
            int moved = method.Assign(start, length, clusters, null, CancellationToken.None);
            return moved == length
                && clusters.AsSpan(start, length).SequenceEqual(expected.AsSpan(start, length))
                && clusters.Count(cluster => cluster == -1) == points.Count - length;
        });
    });

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(2049)]
    public void Assign_AroundTheSizesOfTilesAndBlocks_IsTheTextbooks(int n)
    {
        foreach (int d in new[] { 1, 2, 3, 4, 17 })
        {
            var problem = new Problem(n, n, d, Math.Min(n, 9), Terrain.Lattice, false);
            var points = problem.Points<T>();
            Assert.Equal(Textbook.Assign(points, problem.Centroids<T>()), new KMeans<T>().Assign(points, problem.Centroids<T>()).Cluster);
        }
    }

    [Fact]
    public void Assign_OfEveryPointToItself_FindsTheFirstOfItsPlace()
    {
        foreach (var terrain in Enum.GetValues<Terrain>())
        {
            var points = new Problem(11, 100, 3, 100, terrain, false).Points<T>();
            Assert.Equal(Textbook.Assign(points, points), new KMeans<T>().Assign(points, points).Cluster);
        }
    }

    [Fact]
    public void Assign_AtEveryDimensionUpTo70_IsTheTextbooks()
    {
        for (int d = 1; d <= 70; d++)
        {
            var problem = new Problem(d, 50, d, 7, Terrain.Uniform, false);
            Assert.Equal(Textbook.Assign(problem.Points<T>(), problem.Centroids<T>()), new KMeans<T>().Assign(problem.Points<T>(), problem.Centroids<T>()).Cluster);
        }
    }
}

public sealed class BruteForceAssignmentOfSingleTests : BruteForceAssignmentTests<float>;

public sealed class BruteForceAssignmentOfDoubleTests : BruteForceAssignmentTests<double>;
