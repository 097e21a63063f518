using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

public sealed class ColumnVarianceTests
{
    [Fact]
    public void Mean_IsTheMeanOfTheColumnsVariances() =>
        Assert.Equal((2.0 + 200) / 2 / 3, MeanOf(Points.Of<double>(2, 1, 10, 2, 20, 3, 30)), 12);

    [Fact]
    public void Mean_OfAWeightedPoint_IsThatOfRepeatedPoints() =>
        Assert.Equal(MeanOf(Points.Of<double>(1, 1, 5, 5, 5)), MeanOf(Points.Weighted<double>(1, [1, 3], 1, 5)), 12);

    [Fact]
    public void Mean_FarFromTheOrigin_IsNotLostToRounding() => Assert.Equal(2.0 / 3, MeanOf(Points.Of<double>(1, 1e9 + 1, 1e9 + 2, 1e9 + 3)), 12);

    [Fact]
    public void Mean_OfOnePlace_IsZero() => Assert.Equal(0, MeanOf(Points.Of<double>(1, 4, 4, 4, 4)));

    private static double MeanOf(PointSet<double> points) => ColumnVariance.Mean(points, Blocks.For(points.Count), new ParallelOptions());
}
