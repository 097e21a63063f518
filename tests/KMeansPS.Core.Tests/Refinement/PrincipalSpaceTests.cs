using KMeansPS.Numerics;
using KMeansPS.Refinement;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public sealed class PrincipalSpaceTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Project_OfPointsInAPlane_KeepsTheirDistances(int directions)
    {
        // In 100 dimensions, but only along two lines through a place far from 0. More directions than these add nothing.
        var random = new Random(3);
        double[] first = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())];
        double[] second = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble() - 0.5)];
        var values = new List<double>();
        for (int i = 0; i < 1500; i++)
        {
            var (a, b) = (random.NextDouble(), random.NextDouble());
            values.AddRange(Enumerable.Range(0, 100).Select(j => 20 + (a * first[j]) + (b * second[j])));
        }

        var points = new PointSet<double>(values.ToArray(), 100);
        var space = new PrincipalSpace<double>(points, directions, new Xoshiro256(1), CancellationToken.None);
        var projected = space.Project(points, new ParallelOptions());

        Assert.Equal(directions, projected.Dimension);
        Assert.All(Enumerable.Range(1, 99), i => Assert.Equal(
            1, Textbook.SquaredDistance(projected[0], projected[i]) / Textbook.SquaredDistance(points[0], points[i]), 6));
    }

    [Fact]
    public void Project_OfBlobs_KeepsMostOfWhatTellsThemApart()
    {
        var points = new Problem(2, 3_000, 120, 4, Terrain.Blobs, Weighted: true).Points<float>();
        var space = new PrincipalSpace<float>(points, 24, new Xoshiro256(1), CancellationToken.None);
        var projected = space.Project(points, new ParallelOptions());

        Assert.Equal(points.Weights.ToArray(), projected.Weights.ToArray());
        var far = Enumerable.Range(1, 500).Where(i => Textbook.SquaredDistance(points[0], points[i]) > 10_000).ToArray();
        Assert.NotEmpty(far);
        Assert.All(far, i => Assert.InRange(Textbook.SquaredDistance(projected[0], projected[i]) / Textbook.SquaredDistance(points[0], points[i]), 0.99, 1.001));
    }

    [Fact]
    public void Project_OfEqualPoints_IsOnePlace()
    {
        var points = new PointSet<float>(Enumerable.Repeat(3f, 120 * 8).ToArray(), 120);
        var projected = new PrincipalSpace<float>(points, 24, new Xoshiro256(1), CancellationToken.None).Project(points, new ParallelOptions());
        Assert.All(Points.ValuesOf(projected), value => Assert.InRange(value, -1e-3, 1e-3));
    }

    [Fact]
    public void Constructor_CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => new PrincipalSpace<float>(Points.Of<float>(3, 1, 2, 3, 4, 5, 6), 2, new Xoshiro256(1), cancellation.Token));
    }
}
