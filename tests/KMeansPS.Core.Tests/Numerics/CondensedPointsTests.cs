using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

public abstract class CondensedPointsTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly ParallelOptions Parallel = new();

    [Fact]
    public void Of_AnyPoints_HoldsEachPointAtItsPlace_AndAllTheirWeight() => Problem.ForAll(Problem.Any(3000, SpatialOrder.MaxDimension), problem =>
    {
        var points = problem.Points<T>();
        if (Condense(points) is not { } condensed)
        {
            return points.IsWeighted || Points.CountDistinct(points) > points.Count / 4;
        }

        var places = condensed.Points;
        int[] place = condensed.Expand([.. Enumerable.Range(0, places.Count)], Parallel);
        double[] weight = new double[places.Count];
        for (int i = 0; i < points.Count; i++)
        {
            weight[place[i]]++;
        }

        return Enumerable.Range(0, points.Count).All(i => points[i].SequenceEqual(places[place[i]]))
            && places.WeightsAreCounts
            && places.Weights.SequenceEqual(weight);
    });

    [Fact]
    public void Of_FewColours_HoldsEachOnce()
    {
        double[] pixels = [.. Enumerable.Range(0, 4000).SelectMany(i => new double[] { i % 7, 10 * (i % 2), 3 })];
        var condensed = Condense(Points.Of<T>(3, pixels))!;
        var places = Enumerable.Range(0, condensed.Points.Count).Select(i => string.Join(' ', condensed.Points.GetPoint(i))).ToArray();
        Assert.Equal(14, places.Distinct().Count());
        Assert.True(places.Length < 14 + Blocks.For(4000).Count, "Only a border between blocks parts equal points.");
        Assert.Equal(4000, condensed.Points.Weights.ToArray().Sum());
    }

    [Fact]
    public void Of_DistinctOrWeightedPoints_IsNone()
    {
        double[] values = [.. Enumerable.Range(0, 8000).Select(i => (i * 7919) % 100_003 / 7.0)];
        Assert.Null(Condense(Points.Of<T>(2, values)));
        Assert.Null(Condense(Points.Weighted<T>(2, [.. Enumerable.Repeat(0.5, 4000)], [.. Enumerable.Repeat(0.0, 8000)])));
    }

    [Fact]
    public void FirstPoints_AreThoseBeforeWhichNoOtherIsAtThePlace()
    {
        var condensed = Condense(Points.Of<T>(1, 9, 2, 9, 5, 2, 9, 9, 2))!;
        int[] first = condensed.FirstPoints();
        var places = Enumerable.Range(0, first.Length).Select(place => (condensed.Points.GetPoint(place)[0], first[place]));
        Assert.Equal([(2, 1), (5, 3), (9, 0)], places.Order());
    }

    private static CondensedPoints<T>? Condense(PointSet<T> points) => CondensedPoints<T>.Of(points, SpatialOrder.Of(points, Parallel), Parallel);
}

public sealed class CondensedPointsOfSingleTests : CondensedPointsTests<float>;

public sealed class CondensedPointsOfDoubleTests : CondensedPointsTests<double>;
