using KMeansPS.Numerics;

namespace KMeansPS.Tests.Numerics;

public sealed class FiniteRangeTests
{
    public static TheoryData<double> Outside => [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 2.0000001, -2.0000001];

    [Theory]
    [MemberData(nameof(Outside))]
    public void Holds_WithOneValueOutsideAtAnyPlace_IsFalse_AndThePlaceIsFound(double outside)
    {
        for (int at = 0; at < 37; at++)
        {
            double[] values = [.. Enumerable.Repeat(-2.0, 37)];
            Assert.True(FiniteRange.Holds<double>(values, 2));
            values[at] = outside;
            Assert.False(FiniteRange.Holds<double>(values, 2));
            Assert.Equal(at, FiniteRange.IndexOfFirstOutside<double>(values, 2));
        }
    }
}
