using KMeansPS.Numerics;

namespace KMeansPS.Tests.Numerics;

public sealed class Xoshiro256Tests
{
    // Computed from the published C code of xoshiro256** 1.0 and SplitMix64, written again in another language.
    [Theory]
    [InlineData(0, 0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0, 0x6aa594f1262d2d2c, 0x7aac8c483a2edd2f)]
    [InlineData(1, 0xb3f2af6d0fc710c5, 0x853b559647364cea, 0x92f89756082a4514, 0x642e1c7bc266a3a7, 0xb8517c33c344d153)]
    [InlineData(42, 0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1, 0x8de5848c61ab8968)]
    [InlineData(-1, 0x8f5520d52a7ead08, 0xc476a018caa1802d, 0x81de31c0d260469e, 0xbf658d7e065f3c2f, 0xc3c93ea5cde434cc)]
    public void NextUInt64_GivesThePublishedNumbers(long seed, ulong first, ulong second, ulong third, ulong fourth, ulong thousandth)
    {
        var random = new Xoshiro256(seed);
        ulong[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => random.NextUInt64())];
        Assert.Equal([first, second, third, fourth, thousandth], [.. drawn[..4], drawn[^1]]);
    }

    [Fact]
    public void NextDouble_IsTheUpper53Bits()
    {
        var random = new Xoshiro256(42);
        var twin = new Xoshiro256(42);
        for (int i = 0; i < 1000; i++)
        {
            double expected = Math.ScaleB(twin.NextUInt64() >> 11, -53);
            Assert.Equal(expected, random.NextDouble());
            Assert.InRange(expected, 0, 1 - Math.ScaleB(1, -53));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public void NextInt32_ReachesEveryNumberBelowTheBoundAboutEquallyOften(int bound)
    {
        const int Each = 1000;
        var random = new Xoshiro256(bound);
        int[] counts = new int[bound];
        for (int i = 0; i < bound * Each; i++)
        {
            counts[random.NextInt32(bound)]++;
        }

        // Seven standard deviations.
        Assert.All(counts, count => Assert.InRange(count, Each - (7 * Math.Sqrt(Each)), Each + (7 * Math.Sqrt(Each))));
    }

    [Fact]
    public void NextInt32_OfTheLargestBound_FallsInEachHalf()
    {
        var random = new Xoshiro256(3);
        int[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => random.NextInt32(int.MaxValue))];
        Assert.All(drawn, number => Assert.InRange(number, 0, int.MaxValue - 1));
        Assert.InRange(drawn.Count(number => number < int.MaxValue / 2), 400, 600);
    }

    [Fact]
    public void SameSeed_GivesTheSameNumbers_AndAnotherSeedOthers()
    {
        Assert.Equal(new Xoshiro256(7).NextUInt64(), new Xoshiro256(7).NextUInt64());
        Assert.NotEqual(new Xoshiro256(7).NextUInt64(), new Xoshiro256(8).NextUInt64());
    }
}
