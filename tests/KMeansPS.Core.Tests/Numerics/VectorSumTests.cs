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
}

public sealed class VectorSumOfSingleTests : VectorSumTests<float>;

public sealed class VectorSumOfDoubleTests : VectorSumTests<double>;
