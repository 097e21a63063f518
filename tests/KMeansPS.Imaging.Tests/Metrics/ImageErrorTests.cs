using KMeansPS.Imaging.Metrics;

namespace KMeansPS.Imaging.Tests.Metrics;

public class ImageErrorTests
{
    [Fact]
    public void Mse_IsTheMeanOverPixelsAndChannels()
    {
        var first = Pictures.Of(2, 1, new Rgba(0, 0, 0), new Rgba(10, 20, 30));
        var second = Pictures.Of(2, 1, new Rgba(3, 0, 0), new Rgba(10, 26, 30));

        Assert.Equal((9 + 36) / 6.0, ImageError.Mse(first, second));
    }

    [Fact]
    public void Mse_DifferentSizes_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ImageError.Mse(new PixelImage(2, 1), new PixelImage(1, 2)));

    [Theory]
    [InlineData(65025, 0)]
    [InlineData(650.25, 20)]
    [InlineData(0, double.PositiveInfinity)]
    public void Psnr_FollowsItsFormula(double mse, double expected) => Assert.Equal(expected, ImageError.Psnr(mse), 1e-12);
}
