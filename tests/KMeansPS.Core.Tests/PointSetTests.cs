using System.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public abstract class PointSetTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void PointSet_KnowsItsPoints()
    {
        var points = Points.Of<T>(2, 1, 2, 3, 4, 5, 6);
        Assert.Equal((3, 2, typeof(T), false), (points.Count, points.Dimension, points.ElementType, points.IsWeighted));
        Assert.Equal([3.0, 4.0], points.GetPoint(1));
        Assert.Equal([T.CreateTruncating(5), T.CreateTruncating(6)], points[2].ToArray());
        Assert.Equal("3 points of 2 dimensions", points.ToString());
        Assert.Equal("1 point of 1 dimension", Points.Of<T>(1, 1).ToString());
        Assert.Empty(points.ColumnName);
    }

    [Fact]
    public void FromRows_CopiesRowByRow()
    {
        T one = T.One, two = T.CreateTruncating(2);
        T[,] rows = { { one, two }, { two, two }, { one, one } };
        var points = PointSet<T>.FromRows(rows);
        rows[0, 0] = two;
        Assert.Equal([1.0, 2, 2, 2, 1, 1], Points.ValuesOf(points));
        Assert.Equal(2, points.Dimension);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Index_OutsideThePoints_IsRefused(int index) => Assert.Throws<ArgumentOutOfRangeException>(() => Points.Of<T>(2, 1, 2, 3, 4, 5, 6).GetPoint(index));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void ValueThatIsNotFinite_IsRefusedWithItsPlace(double value)
    {
        var thrown = Assert.Throws<ArgumentException>(() => Points.Of<T>(3, 1, 2, 3, 4, value, 6));
        Assert.Contains("Point 1, column 1", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("not a finite number", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("values", thrown.ParamName);
    }

    [Fact]
    public void ValueTooLargeForSquares_IsRefusedWithItsPlace()
    {
        double large = typeof(T) == typeof(float) ? 1e30 : 1e200;
        var thrown = Assert.Throws<ArgumentException>(() => Points.Of<T>(1, 1, -large));
        Assert.Contains("Point 1, column 0", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("too large", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesAtTheLimit_AreClusteredWithoutOverflow()
    {
        double limit = Math.Sqrt((typeof(T) == typeof(float) ? float.MaxValue : double.MaxValue) / 16) * 0.9999999;
        foreach (var algorithm in Enum.GetValues<KMeansAlgorithm>())
        {
            var kmeans = new KMeans<T>(new KMeansOptions { Algorithm = algorithm });
            Assert.Equal(0, kmeans.Fit(Points.Of<T>(1, limit), Points.Of<T>(1, -limit)).Model.Inertia);
            Assert.True(double.IsFinite(kmeans.Fit(Points.Of<T>(1, limit / 2, -limit / 2, limit / 2, -limit / 2), 1).Model.Inertia));
        }
    }

    [Fact]
    public void HeavyPointsFarOut_AreRefused_RatherThanOfInfiniteInertia()
    {
        double far = typeof(T) == typeof(float) ? 1e15 : 1e150;
        var thrown = Assert.Throws<ArgumentException>(() => Points.Weighted<T>(1, [1e300, 1e300], far, -far));
        Assert.Contains("too large", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsThatAddUpToInfinity_AreRefused() =>
        Assert.Contains("add up to more", Assert.Throws<ArgumentException>(() => Points.Weighted<T>(1, [1e308, 1e308], 0, 0)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 2)]
    public void ValuesThatDoNotMakeWholePoints_AreRefused(int values, int dimension)
    {
        var thrown = Assert.Throws<ArgumentException>(() => new PointSet<T>(new T[values], dimension));
        Assert.Contains($"{values} values", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("values", thrown.ParamName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void DimensionBelowOne_IsRefused(int dimension) =>
        Assert.Equal("dimension", Assert.Throws<ArgumentOutOfRangeException>(() => new PointSet<T>(new T[4], dimension)).ParamName);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void WeightThatIsNotAboveZero_IsRefusedWithItsPoint(double weight)
    {
        var thrown = Assert.Throws<ArgumentException>(() => Points.Weighted<T>(1, [1, weight], 1, 2));
        Assert.Contains("weight of point 1", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("weights", thrown.ParamName);
    }

    [Fact]
    public void WeightsOfAnotherNumber_AreRefused() =>
        Assert.Contains("2 points need 2 weights, not 1", Assert.Throws<ArgumentException>(() => Points.Weighted<T>(1, [1], 1, 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void ToPrecision_KeepsNamesWeightsAndPicture_AndTheVeryObjectWhereItCan()
    {
        var points = new PointSet<T>(new T[2], 1, [1, 2]) { ColumnName = ["x"], Picture = new PictureShape(2, 1) };
        Assert.Same(points, points.ToPrecision<T>());
        PointSet other = typeof(T) == typeof(float) ? points.ToPrecision<double>() : points.ToPrecision<float>();
        Assert.Equal(["x"], other.ColumnName);
        Assert.Equal([1.0, 2.0], other.Weights.ToArray());
        Assert.Equal(new PictureShape(2, 1), other.Picture);
    }

    [Fact]
    public void PointSet_IsNotACollection() => Assert.False(typeof(System.Collections.IEnumerable).IsAssignableFrom(typeof(PointSet<T>)));
}

public sealed class PointSetOfSingleTests : PointSetTests<float>;

public sealed class PointSetOfDoubleTests : PointSetTests<double>;
