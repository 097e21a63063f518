using KMeansPS.Imaging.Dithering;

namespace KMeansPS.Imaging.Tests.Dithering;

public class ThresholdMapTests
{
    [Fact]
    public void Bayer_IsThePublishedMatrix()
    {
        int[] ranks = [.. Enumerable.Range(0, 2).SelectMany(y => ThresholdMap.Bayer().Row(y).ToArray()).Select(threshold => (int)(threshold * 64))];
        Assert.Equal([0, 32, 8, 40, 2, 34, 10, 42, 48, 16, 56, 24, 50, 18, 58, 26], ranks);
    }

    [Fact]
    public void BlueNoise_HasEveryRankOnce() => Assert.Equal(Enumerable.Range(0, 4096), VoidAndCluster.Ranks().Order());

    [Theory]
    [InlineData(256)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void BlueNoise_SpreadsAnyShareMoreEvenlyThanChance(int share)
    {
        // In 8 x 8 blocks chance alone has a variance near the mean share of the block; blue noise far below.
        var ranks = VoidAndCluster.Ranks();
        double variance = 0;
        for (int block = 0; block < 64; block++)
        {
            int count = Enumerable.Range(0, 64).Count(i => ranks[(((block / 8 * 8) + (i / 8)) * 64) + (block % 8 * 8) + (i % 8)] < share);
            double difference = count - (share / 64.0);
            variance += difference * difference / 64;
        }

        double chance = share / 64.0 * (1 - (share / 4096.0));
        Assert.True(variance < 0.25 * chance, $"{variance} is not far below {chance}.");
    }
}
