using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public sealed class ColumnScalingTests
{
    [Fact]
    public void MinMax_TakesEveryColumnToZeroToOne()
    {
        var scaled = Points.Of<double>(2, 1, -10, 3, 10, 2, 0).ScaledBy(ScalingMethod.MinMax);
        Assert.Equal([0, 0, 1, 1, 0.5, 0.5], Points.ValuesOf(scaled));
        Assert.Equal([1, -10], scaled.Scaling!.Offset);
        Assert.Equal([2, 20], scaled.Scaling.Factor);
    }

    [Fact]
    public void ZScore_TakesEveryColumnToMeanZeroAndDeviationOne()
    {
        var scaled = Points.Of<double>(1, 2, 4, 4, 4, 5, 5, 7, 9).ScaledBy(ScalingMethod.ZScore);
        Assert.Equal([5], scaled.Scaling!.Offset);
        Assert.Equal(2, scaled.Scaling.Factor[0], 14);
        Assert.Equal([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2], Points.ValuesOf(scaled).Select(value => Math.Round(value, 13)));
    }

    [Fact]
    public void ZScore_CountsWeightsAsSoManyPoints()
    {
        var weighted = ColumnScaling.Fit(Points.Weighted<double>(1, [3, 1, 2], 1, 5, 9), ScalingMethod.ZScore);
        var repeated = ColumnScaling.Fit(Points.Of<double>(1, 1, 1, 1, 5, 9, 9), ScalingMethod.ZScore);
        Assert.Equal(repeated.Offset[0], weighted.Offset[0], 14);
        Assert.Equal(repeated.Factor[0], weighted.Factor[0], 14);
    }

    /// <summary>fmean and pstdev of Python's module statistics, which computes in exact fractions.</summary>
    [Fact]
    public void ZScore_OfIris_IsThatOfExactArithmetic()
    {
        var scaling = ColumnScaling.Fit(KnownData.Load("iris"), ScalingMethod.ZScore);
        double[] mean = [5.843333333333334, 3.0573333333333337, 3.7580000000000005, 1.1993333333333336];
        double[] deviation = [0.8253012917851409, 0.43441096773549437, 1.7594040657753032, 0.7596926279021594];
        Assert.All(mean.Index(), expected => Assert.Equal(expected.Item, scaling.Offset[expected.Index], 12));
        Assert.All(deviation.Index(), expected => Assert.Equal(expected.Item, scaling.Factor[expected.Index], 12));
    }

    [Theory]
    [InlineData(ScalingMethod.MinMax)]
    [InlineData(ScalingMethod.ZScore)]
    public void AConstantColumn_DoesNoHarm(ScalingMethod method)
    {
        // Three times 0.1 does not sum up to a mean of exactly 0.1.
        var scaled = Points.Of<double>(2, 0.1, 1, 0.1, 2, 0.1, 3).ScaledBy(method);
        Assert.Equal(1, scaled.Scaling!.Factor[0]);
        Assert.Equal([0, 0, 0], Enumerable.Range(0, 3).Select(i => scaled.GetPoint(i)[0]));
        var model = KMeans.Fit(scaled, 3).Model;
        Assert.Equal([0.1, 0.1, 0.1], Enumerable.Range(0, 3).Select(i => model.Centroids.GetPoint(i)[0]));
        Assert.Equal(0, model.Inertia);
    }

    [Theory]
    [InlineData(1e-300, 0)]
    [InlineData(1e140, 0)]
    [InlineData(1e-310, 0)]
    [InlineData(1, 1e12)]
    public void ZScore_OfAnyUnitAndOffset_HasDeviationOne(double unit, double offset)
    {
        var scaled = Points.Of<double>(1, [.. new double[] { 0, 1, 2, 3 }.Select(value => offset + (value * unit))]).ScaledBy(ScalingMethod.ZScore);
        Assert.All(Points.ValuesOf(scaled), value => Assert.InRange(Math.Abs(value), 0.4, 3));
    }

    [Fact]
    public void ScaledAs_GivesTheUsersUnitsBack_AndTheSameObjectWhereNothingIsToDo()
    {
        var points = KnownData.Load("wine");
        var scaled = points.ScaledBy(ScalingMethod.ZScore);
        Assert.Equal(points.ColumnName, scaled.ColumnName);
        Assert.Same(points, points.ScaledAs(null));
        Assert.Same(scaled, scaled.ScaledAs(new ColumnScaling(ScalingMethod.ZScore, scaled.Scaling!.Offset, scaled.Scaling.Factor)));
        Assert.All(Points.ValuesOf(points).Zip(Points.ValuesOf(scaled.ScaledAs(null))), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void ScaledBy_OfScaledPoints_StartsFromTheUsersUnits()
    {
        var points = Points.Of<double>(1, 0, 4);
        var scaled = points.ScaledBy(ScalingMethod.ZScore).ScaledBy(ScalingMethod.MinMax);
        Assert.Equal([0, 1], Points.ValuesOf(scaled));
        Assert.Null(scaled.ScaledBy(ScalingMethod.None).Scaling);
    }

    [Fact]
    public void ToPrecision_KeepsTheScaling() =>
        Assert.Equal([0, 2, 4], Points.ValuesOf(Points.Of<double>(1, 0, 2, 4).ScaledBy(ScalingMethod.MinMax).ToPrecision<float>().ScaledAs(null)));

    [Fact]
    public void AScaling_ThatCannotBe_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColumnScaling(ScalingMethod.None, [0], [1]));
        Assert.Throws<ArgumentException>(() => new ColumnScaling(ScalingMethod.MinMax, [0, 0], [1]));
        Assert.Throws<ArgumentException>(() => new ColumnScaling(ScalingMethod.MinMax, [], []));
        Assert.Throws<ArgumentException>(() => new ColumnScaling(ScalingMethod.MinMax, [double.NaN], [1]));
        Assert.Throws<ArgumentException>(() => new ColumnScaling(ScalingMethod.MinMax, [0], [0]));
        Assert.Throws<ArgumentException>(() => Points.Of<double>(2, 1, 2).ScaledAs(new ColumnScaling(ScalingMethod.MinMax, [0], [1])));
        Assert.Throws<ArgumentException>(() => Points.Of<double>(1, 1e100).ScaledAs(new ColumnScaling(ScalingMethod.MinMax, [0], [1e-250])));
    }
}
