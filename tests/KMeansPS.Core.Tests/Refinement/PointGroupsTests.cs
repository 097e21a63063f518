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
}
