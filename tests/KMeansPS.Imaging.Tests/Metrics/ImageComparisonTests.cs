using KMeansPS.Imaging.Metrics;

namespace KMeansPS.Imaging.Tests.Metrics;

public class ImageComparisonTests
{
    // What scikit-image 0.19.3 and NumPy give for the same pairs: structural_similarity(gaussian_weights=True, sigma=1.5,
    // use_sample_covariance=False, data_range=255, channel_axis=-1), deltaE_ciede2000(rgb2lab, rgb2lab) with its mean and
    // numpy.percentile(95); the horse, which has alpha, over black and over white, and the mean of both.
    [Theory]
    [InlineData("camera.png", 87.703578949, 0.834557334636, 2.33576943836, 4.73916139678)]
    [InlineData("chelsea.png", 87.2414363144, 0.770042324143, 6.94228804876, 15.1067853641)]
    [InlineData("coffee.png", 85.1592152778, 0.784991925599, 4.84611084982, 9.9456292488)]
    [InlineData("horse_rgba.png", 530.446260391, 0.701091751107, 4.50682260281, 4.66205263323)]
    public void Of_IsWhatScikitImageGives(string sample, double mse, double ssim, double meanDeltaE, double deltaE95)
    {
        var reference = Pictures.Sample(sample);
        var comparison = ImageComparison.Of(reference, Coarse(reference));

        Assert.Equal((reference.Width, reference.Height), (comparison.Width, comparison.Height));
        AssertEqual(mse, comparison.Mse, 1e-10);
        AssertEqual(ssim, comparison.Ssim, 1e-10);
        AssertEqual(meanDeltaE, comparison.MeanDeltaE, 1e-10);
        AssertEqual(deltaE95, comparison.DeltaE95, 1e-7);
        Assert.Equal(ImageError.Psnr(comparison.Mse), comparison.Psnr);
    }

    [Fact]
    public void Of_APictureAndItself_FindsNothing()
    {
        var picture = Pictures.Sample("horse_rgba.png");
        var comparison = ImageComparison.Of(picture, picture);

        Assert.Equal((0, double.PositiveInfinity, 0, 0), (comparison.Mse, comparison.Psnr, comparison.MeanDeltaE, comparison.DeltaE95));
        Assert.Equal(1, comparison.Ssim, 1e-12);
    }

    [Fact]
    public void Of_DoesNotDependOnTheNumberOfThreads()
    {
        var first = Pictures.Random(300, 200, 256, opaque: false, seed: 1);
        var second = Pictures.Random(300, 200, 256, opaque: false, seed: 2);
        var expected = ImageComparison.Of(first, second, new ParallelOptions { MaxDegreeOfParallelism = 1 });

        Assert.Equal(expected, ImageComparison.Of(first, second, new ParallelOptions { MaxDegreeOfParallelism = 7 }));
    }

    [Fact]
    public void Of_PicturesOfTwoSizes_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ImageComparison.Of(new PixelImage(12, 13), new PixelImage(13, 12)));

    [Fact]
    public void EveryMeasure_Cancelled_Ends()
    {
        var picture = Pictures.Random(20, 20, 5, opaque: true, seed: 1);
        var cancelled = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) };

        Assert.Throws<OperationCanceledException>(() => ImageError.Mse(picture, picture, cancelled));
        Assert.Throws<OperationCanceledException>(() => StructuralSimilarity.Of(picture, picture, cancelled));
        Assert.Throws<OperationCanceledException>(() => ColorDifference.Of(picture, picture, cancelled));
    }

    private static void AssertEqual(double expected, double actual, double relative) => Assert.Equal(expected, actual, expected * relative);

    // The middle of every 32 levels; nothing for alpha to do where the picture is opaque.
    private static PixelImage Coarse(PixelImage image)
    {
        var coarse = new PixelImage(image.Width, image.Height);
        bool opaque = image.Pixels.ToArray().All(pixel => pixel.A == 255);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            var pixel = image.Pixels[i];
            coarse.Pixels[i] = new Rgba(Middle(pixel.R), Middle(pixel.G), Middle(pixel.B), opaque ? (byte)255 : Middle(pixel.A));
        }

        return coarse;

        static byte Middle(byte level) => (byte)((level / 32 * 32) + 16);
    }
}
