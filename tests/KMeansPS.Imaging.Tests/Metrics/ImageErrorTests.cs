using KMeansPS.Imaging.Metrics;
using KMeansPS.Imaging.Quantization;

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
    public void Mse_WithAlpha_IsTheMeanOverBlackAndOverWhite()
    {
        var first = Pictures.Of(1, 1, new Rgba(200, 100, 0, 51));
        var second = Pictures.Of(1, 1, new Rgba(100, 100, 50, 102));

        // Over black 40, 20, 0 and 40, 40, 20; over white 204 and 153 more.
        Assert.Equal((0 + 400 + 400 + (51 * 51) + (31 * 31) + (31 * 31)) / 6.0, ImageError.Mse(first, second), 1e-9);
    }

    [Theory]
    [InlineData("coffee.png")]
    [InlineData("horse_rgba.png")]
    public void Mse_IsThatOfTheQuantizer(string sample)
    {
        var image = Pictures.Sample(sample);
        var quantized = new ColorQuantizer(new QuantizerOptions { K = 5 }).Quantize(image);
        var shown = Pictures.Of(image.Width, image.Height, Pictures.Show(quantized.Image));

        Assert.Equal(quantized.Mse, ImageError.Mse(image, shown), quantized.Mse * 1e-5);
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
