using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

public abstract class VectorSumTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void AddTo_WithAWeight_RoundsTheProductAndThenTheSum_ForEveryLength()
    {
        var random = new Random(5);
        for (int length = 0; length < 40; length++)
        {
            T[] values = [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))];
            double[] sums = [.. values.Select(_ => random.NextDouble())];
            double[] expected = [.. sums.Zip(values, (sum, value) => sum + (0.3 * double.CreateTruncating(value)))];
            VectorSum.AddTo<T>(sums, values, 0.3);
            Assert.True(Bits.Same<double>(expected, sums), $"{length} values");
        }
    }

    [Fact]
    public void AddTo_AddsElementByElement_ForEveryLength()
    {
        var random = new Random(6);
        for (int length = 0; length < 40; length++)
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())];
            double[] sums = [.. values.Select(_ => random.NextDouble())];
            double[] expected = [.. sums.Zip(values, (sum, value) => sum + value)];
            VectorSum.AddTo(sums, values);
            Assert.True(Bits.Same<double>(expected, sums), $"{length} values");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AddFew_RoundsTheProductAndThenTheSum_AndAddsFactorAndSign(int dimension)
    {
        var random = new Random(dimension);
        T[] points = [.. Enumerable.Range(0, 2 * dimension).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))];
        double[] sums = [.. Enumerable.Range(0, dimension + 3).Select(_ => random.NextDouble())];
        double[] expected = [.. sums];
        for (int j = 0; j < dimension; j++)
        {
            expected[j] += -0.3 * double.CreateTruncating(points[dimension + j]);
        }

        expected[dimension] += -0.3;
        expected[dimension + 1]--;
        VectorSum.AddFew(ref sums[0], ref points[dimension], dimension, -0.3, -1);
        Assert.True(Bits.Same<double>(expected, sums));
    }

    [Fact]
    public void Divide_RoundsToDoubleAndThenToT_ForEveryLength()
    {
        var random = new Random(7);
        for (int length = 0; length < 40; length++)
        {
            double[] sums = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
            T[] expected = [.. sums.Select(sum => T.CreateTruncating(sum / 0.7))];
            var quotients = new T[length];
            VectorSum.Divide<T>(sums, 0.7, quotients);
            Assert.True(Bits.Same<T>(expected, quotients), $"{length} values");
        }
    }

    [Fact]
    public void Of_AddsTheSumsOfEveryEighthValueInPairs_ForEveryLength()
    {
        var random = new Random(9);
        for (int length = 0; length < 40; length++)
        {
            T[] values = [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating(random.NextDouble()))];
            double[] weights = [.. values.Select(_ => random.NextDouble())];
            double Expected(Func<int, double> weight)
            {
                var sums = new double[8];
                for (int j = 0; j < length; j++)
                {
                    sums[j % 8] += double.CreateTruncating(values[j]) * weight(j);
                }

                return (sums[0] + sums[4] + (sums[2] + sums[6])) + (sums[1] + sums[5] + (sums[3] + sums[7]));
            }

            Assert.Equal(Expected(_ => 1), VectorSum.Of<T>(values, default));
            Assert.Equal(Expected(j => weights[j]), VectorSum.Of<T>(values, weights));
        }
    }

    [Fact]
    public void Difference_AddsTheSumsOfEveryEighthElement_ForEveryLength()
    {
        var random = new Random(8);
        for (int length = 0; length < 40; length++)
        {
            T[] one = [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating(random.NextDouble()))];
            T[] other = [.. one.Select(_ => T.CreateTruncating(random.NextDouble()))];
            var sums = new double[8];
            for (int j = 0; j < length; j++)
            {
                double difference = double.CreateTruncating(one[j]) - double.CreateTruncating(other[j]);
                sums[j % 8] += difference * difference;
            }

            var (square, areEqual) = VectorSum.Difference<T>(one, other);
            Assert.Equal(sums.Aggregate(0.0, (sum, next) => sum + next), square);
            Assert.Equal(length == 0, areEqual);
            Assert.Equal((0, true), VectorSum.Difference<T>(one, [.. one]));
        }
    }

    [Fact]
    public void Difference_OfRowsOfWhichOneElementDiffersByTheLeast_IsSeen()
    {
        for (int at = 0; at < 20; at++)
        {
            var other = new T[20];
            other[at] = T.Epsilon;
            Assert.False(VectorSum.Difference<T>(new T[20], other).AreEqual, $"element {at}");
        }
    }
}

public sealed class VectorSumOfSingleTests : VectorSumTests<float>;

public sealed class VectorSumOfDoubleTests : VectorSumTests<double>;
