using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Metrics;

namespace KMeansPS.Imaging.Tests.Metrics;

public class ColorDifferenceTests
{
    [Fact]
    public void Of_IsTheMeanAndThePercentileOfThePixels()
    {
        var first = Pictures.Random(170, 130, 256, opaque: true, seed: 3);
        var second = Pictures.Random(170, 130, 5, opaque: true, seed: 4);
        double[] each = [.. first.Pixels.ToArray().Zip(second.Pixels.ToArray(), (a, b) => Ciede2000.Difference(Lab.Of(a), Lab.Of(b)))];
        var difference = ColorDifference.Of(first, second);

        Assert.Equal(each.Average(), difference.Mean, 1e-9);
        Assert.Equal(PlainPercentile(each, 0.95), difference.Percentile95, 1e-5);
    }

    [Fact]
    public void Of_WhatCannotBeSeen_DoesNotCount()
    {
        var first = Pictures.Of(2, 1, new Rgba(9, 9, 9, 0), new Rgba(1, 2, 3));
        var second = Pictures.Of(2, 1, new Rgba(200, 0, 9, 0), new Rgba(1, 2, 3));

        Assert.Equal(new ColorDifference(0, 0), ColorDifference.Of(first, second));
    }

    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(2, 0.95)]
    [InlineData(21, 0.95)]
    [InlineData(1000, 0.95)]
    [InlineData(1000, 0)]
    [InlineData(1000, 1)]
    [InlineData(2_100_000, 0.5)]
    public void Percentile_IsThatOfSortedNumbers(int count, double share)
    {
        var random = new Random(count);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => (float)(random.Next(3) * random.NextDouble() * 100))];

        Assert.Equal(PlainPercentile([.. values.Select(value => (double)value)], share), Percentile.Of(values, share, TestContext.Current.CancellationToken), 1e-12);
    }

    private static double PlainPercentile(double[] values, double share)
    {
        Array.Sort(values);
        double place = share * (values.Length - 1);
        int rank = (int)place;
        double next = values[Math.Min(rank + 1, values.Length - 1)];
        return values[rank] + ((next - values[rank]) * (place - rank));
    }
}
