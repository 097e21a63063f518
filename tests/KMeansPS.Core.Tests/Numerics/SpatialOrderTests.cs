using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

public abstract class SpatialOrderTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void Of_AnyPoints_IsAPermutation() => Problem.ForAll(Problem.Any(3000, SpatialOrder.MaxDimension), problem =>
        SpatialOrder.Of(problem.Points<T>(), new ParallelOptions()).Order().SequenceEqual(Enumerable.Range(0, problem.N)));

    [Fact]
    public void Of_PointsOnALine_IsAscending_AndKeepsTheOrderOfEquals() =>
        Assert.Equal([3, 1, 4, 0, 2], SpatialOrder.Of(Points.Of<T>(1, 5, -1, 9, -7, -1), new ParallelOptions()));

    [Fact]
    public void Of_PointsSoCloseThatTheScaleOverflows_IsAPermutation()
    {
        T least = T.Epsilon;
        var points = new PointSet<T>(new[] { least + least, T.Zero, least }, 1);
        Assert.Equal([0, 1, 2], SpatialOrder.Of(points, new ParallelOptions()).Order());
    }

    [Fact]
    public void Of_AGrid_PutsQuartersTogether()
    {
        double[] grid = [.. from y in Enumerable.Range(0, 8) from x in Enumerable.Range(0, 8) from value in new[] { x, y } select (double)value];
        var points = Points.Of<T>(2, grid);
        int[] order = SpatialOrder.Of(points, new ParallelOptions());
        for (int quarter = 0; quarter < 4; quarter++)
        {
            var places = order.Skip(16 * quarter).Take(16).Select(points.GetPoint);
            Assert.Single(places.Select(place => (place[0] >= 4, place[1] >= 4)).Distinct());
        }
    }
}

public sealed class SpatialOrderOfSingleTests : SpatialOrderTests<float>;

public sealed class SpatialOrderOfDoubleTests : SpatialOrderTests<double>;
