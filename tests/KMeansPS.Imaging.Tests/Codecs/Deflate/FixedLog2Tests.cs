using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Tests.Codecs.Deflate;

public sealed class FixedLog2Tests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(123_456_789)]
    [InlineData(int.MaxValue)]
    public void Of_IsTheLogarithmToATwoHundredthOfABit(int number) =>
        Assert.Equal(Math.Log2(number), (double)FixedLog2.Of(number) / FixedLog2.One, 0.002);

    [Fact]
    public void Entropy_OfEqualCounts_IsTheLogarithmOfTheirNumber() =>
        Assert.Equal(3 * 8 * 7 * FixedLog2.One, FixedLog2.Entropy([7, 7, 7, 0, 7, 7, 7, 7, 7]));
}
