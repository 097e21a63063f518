using KMeansPS.Numerics;
using KMeansPS.Seeding;

namespace KMeansPS.Tests.Seeding;

public sealed class WeightedDrawTests
{
    [Fact]
    public void Next_NeverDrawsAWeightOfZero()
    {
        double[] weights = [.. Enumerable.Range(0, 5000).Select(i => i is > 1100 and < 3500 || i % 3 > 0 || i > 4500 ? 0 : 0.1)];
        var draw = new WeightedDraw(Blocks.For(weights.Length));
        draw.Weigh(weights);
        var random = new Xoshiro256(1);
        Assert.All(Enumerable.Range(0, 5000).Select(_ => draw.Next(random, weights)), index => Assert.True(weights[index] > 0));
    }

    [Fact]
    public void Next_DrawsBlocksInProportion()
    {
        double[] weights = [.. Enumerable.Repeat(1.0, 1024), .. Enumerable.Repeat(3.0, 1024), 4 * 1024];
        var draw = new WeightedDraw(Blocks.For(weights.Length));
        draw.Weigh(weights);
        Assert.Equal(8 * 1024, draw.Total);
        var random = new Xoshiro256(2);
        int[] drawn = [.. Enumerable.Range(0, 8000).Select(_ => draw.Next(random, weights))];
        Assert.InRange(drawn.Count(index => index < 1024), 850, 1150);
        Assert.InRange(drawn.Count(index => index is >= 1024 and < 2048), 2800, 3200);
        Assert.InRange(drawn.Count(index => index == 2048), 3800, 4200);
    }

    [Fact]
    public void Next_WhereTheBlockSumsSayMoreThanTheWeights_StillDrawsOne()
    {
        // As rounding might, only more so: both blocks have lost what they were weighed with, but for one point.
        double[] weights = new double[2048];
        weights[5] = 1;
        weights[2000] = 1;
        var draw = new WeightedDraw(Blocks.For(weights.Length));
        draw.Weigh(weights);
        weights[2000] = 0;
        var random = new Xoshiro256(3);
        Assert.All(Enumerable.Range(0, 100).Select(_ => draw.Next(random, weights)), index => Assert.Equal(5, index));
    }
}
