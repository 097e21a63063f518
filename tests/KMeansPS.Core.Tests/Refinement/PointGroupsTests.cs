using KMeansPS.Numerics;
using KMeansPS.Refinement;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public sealed class PointGroupsTests
{
    [Fact]
    public void Of_GivesEachGroupTheMeanAndTheWeightOfItsPoints()
    {
        // In their order along the line: 1, 2 | 3, 7 | 8, 9; the 7 counts for three.
        var points = Points.Weighted<double>(1, [1, 1, 3, 1, 1, 1], 9, 1, 7, 2, 8, 3);

        var groups = PointGroups.Of(points, new SpatialIndex<double>(points, isWanted: true, new ParallelOptions()), 3, new ParallelOptions());

        Assert.Equal([1.5, 6, 8.5], Points.ValuesOf(groups));
        Assert.Equal([2, 4, 2], groups.Weights.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_LosesTheSameInertiaWhereverTheCentroidsAre(bool isWeighted)
    {
        const int groupSize = 7;
        var points = new Problem(4, 700 * groupSize, 2, 1, Terrain.Uniform, isWeighted).Points<double>();
        var index = new SpatialIndex<double>(points, isWanted: true, new ParallelOptions());
        var groups = PointGroups.Of(points, index, 700, new ParallelOptions { MaxDegreeOfParallelism = 2 });
        double Lost(params double[] centroid)
        {
            double lost = 0;
            for (int i = 0; i < points.Count; i++)
            {
                lost += (isWeighted ? points.Weights[i] : 1) * Textbook.SquaredDistance(points[i], centroid);
            }

            for (int group = 0; group < groups.Count; group++)
            {
                lost -= groups.Weights[group] * Textbook.SquaredDistance(groups[group], centroid);
            }

            return lost;
        }

        Assert.Equal(1, Lost(0.5, 0.5) / Lost(-3, 8), 9);
        Assert.InRange(Lost(0.5, 0.5), 0, 0.02 * points.Count * (isWeighted ? 2.5 : 1) / 6); // neighbours lie close together
    }

    [Theory]
    [InlineData(Terrain.Uniform, 1)]
    [InlineData(Terrain.Uniform, 2)]
    [InlineData(Terrain.Uniform, 4)]
    [InlineData(Terrain.Blobs, 3)]
    [InlineData(Terrain.Offset, 3)]
    public void OfLikeInertia_GivesAboutSoManyGroups_WithTheWeightAndTheMeanOfAll(Terrain terrain, int dimension)
    {
        var points = new Problem(4, 9_000, dimension, 1, terrain, Weighted: true).Points<double>();

        var groups = OfLikeInertia(points, 700);

        Assert.InRange(groups.Count, 600, 820);
        Assert.Equal(Sums(points), Sums(groups), (expected, sum) => Math.Abs((sum / expected) - 1) < 1e-9);
    }

    [Fact]
    public void OfLikeInertia_JoinsMoreOfThoseThatLieCloseTogetherOrWeighLittle()
    {
        // A thousand places on a line; those beyond 500 have a hundredth of the weight, and then there are a thousand close together.
        double[] places = [.. Enumerable.Range(0, 1_000).Select(i => (double)i), .. Enumerable.Range(0, 1_000).Select(i => 2_000 + (i / 1e6))];
        var groups = OfLikeInertia(Points.Weighted<double>(1, [.. places.Select(place => place is >= 500 and < 2_000 ? 0.01 : 1)], places), 250);

        int[] counts = [.. new[] { 0, 500, 2_000 }.Select(from => Points.ValuesOf(groups).Count(value => value >= from && value < from + 500))];
        Assert.InRange(counts[0], 3 * counts[1], 6 * counts[1]); // the cube root of 100, since the inertia of a group goes with the cube of its length
        Assert.Equal(1, counts[2]);
    }

    [Fact]
    public void OfLikeInertia_OfHardlyMorePoints_LeavesThemAsTheyAre()
    {
        var points = Points.Of<double>(1, 3, 1, 2);
        Assert.Same(points, OfLikeInertia(points, 3));
    }

    [Fact]
    public void OfLikeInertia_CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var points = new Problem(4, 90, 2, 1, Terrain.Uniform, Weighted: false).Points<double>();
        var parallel = new ParallelOptions { CancellationToken = cancellation.Token };
        Assert.Throws<OperationCanceledException>(() => PointGroups.OfLikeInertia(points, new SpatialIndex<double>(points, isWanted: false, parallel), 9, parallel));
    }

    private static PointSet<double> OfLikeInertia(PointSet<double> points, int count) =>
        PointGroups.OfLikeInertia(points, new SpatialIndex<double>(points, isWanted: true, new ParallelOptions()), count, new ParallelOptions());

    private static double[] Sums(PointSet<double> points) =>
        [points.Weights.ToArray().Sum(), .. Enumerable.Range(0, points.Dimension).Select(j => Enumerable.Range(0, points.Count).Sum(i => points.Weights[i] * points[i][j]))];
}
