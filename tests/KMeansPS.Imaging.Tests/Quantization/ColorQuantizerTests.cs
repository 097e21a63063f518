using FsCheck;
using FsCheck.Fluent;
using KMeansPS.Imaging.Metrics;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public class ColorQuantizerTests
{
    private static QuantizedImage Quantize(PixelImage image, int k, int threads = -1, long seed = 0) =>
        new ColorQuantizer(
            new QuantizerOptions { K = k, Clustering = new KMeansOptions { Seed = seed } },
            new ParallelOptions { MaxDegreeOfParallelism = threads }).Quantize(image);

    [Fact]
    public void Quantize_NoMoreColorsThanK_KeepsEveryPixel()
    {
        Prop.ForAll(Pictures.Arbitrary(), image =>
        {
            var visible = image.Pixels.ToArray().Select(pixel => pixel.A == 0 ? default : pixel).ToArray();
            int colors = visible.Distinct().Count();
            if (colors > Palette.MaxCount)
            {
                return true;
            }

            var quantized = Quantize(image, Palette.MaxCount);
            return quantized.IsLossless && quantized.Image.Palette.Count == colors && Pictures.Show(quantized.Image).SequenceEqual(visible);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Quantize_AnyPicture_GivesEveryPixelItsNearestEntry()
    {
        Prop.ForAll(Pictures.Arbitrary(), image =>
        {
            var quantized = Quantize(image, 7).Image;
            var source = image.Pixels.ToArray();
            return quantized.Palette.Count <= 7 && Enumerable.Range(0, source.Length).All(i =>
                Error(source[i], quantized.Palette[quantized.Indices[i]]) <= quantized.Palette.Min(entry => Error(source[i], entry)) + 1e-3);
        }).QuickCheckThrowOnFailure();

        // The error that shows over black and over white, written down plainly.
        static double Error(Rgba a, Rgba b) => (Over(a, b, 0) + Over(a, b, 255)) / 2;
        static double Over(Rgba a, Rgba b, int ground)
        {
            double sum = 0;
            foreach (var (x, y) in new[] { (a.R, b.R), (a.G, b.G), (a.B, b.B) })
            {
                double difference = (((x * a.A) + (ground * (255 - a.A))) / 255.0) - (((y * b.A) + (ground * (255 - b.A))) / 255.0);
                sum += difference * difference;
            }

            return sum;
        }
    }

    [Fact]
    public void Quantize_Photograph_ReportsTheErrorThatItsPixelsHave()
    {
        var image = Pictures.Sample("rocket.jpg");
        var quantized = Quantize(image, 16);
        var shown = Pictures.Of(image.Width, image.Height, Pictures.Show(quantized.Image));

        Assert.Equal(ImageError.Mse(image, shown), quantized.Mse, 1e-9);
        Assert.Equal(16, quantized.Image.Palette.Count);
    }

    // The best of ten runs of scikit-learn 1.2.1, KMeans(16, n_init=1, random_state=0..9), on all pixels.
    [Theory]
    [InlineData("rocket.jpg", 30.828)]
    [InlineData("coffee.png", 29.753)]
    [InlineData("chelsea.png", 31.018)]
    public void Quantize_Photograph_IsAsGoodAsTheBestOfTenRunsElsewhere(string name, double psnr)
    {
        Assert.True(ImageError.Psnr(Quantize(Pictures.Sample(name), 16).Mse) > psnr - 0.05);
    }

    [Fact]
    public void Quantize_AnyNumberOfThreads_GivesTheSamePicture()
    {
        var image = Pictures.Sample("chelsea.png");
        var one = Quantize(image, 64, threads: 1);
        var four = Quantize(image, 64, threads: 4);

        Assert.Equal(one.Image.Palette, four.Image.Palette);
        Assert.True(one.Image.Indices.SequenceEqual(four.Image.Indices));
        Assert.Equal(BitConverter.DoubleToInt64Bits(one.Mse), BitConverter.DoubleToInt64Bits(four.Mse));
    }

    [Fact]
    public void Quantize_Alpha_ComesFirstInThePalette()
    {
        var palette = Quantize(Pictures.Random(64, 64, 256, opaque: false, seed: 3), 16).Image.Palette;

        Assert.Equal(palette.OrderBy(entry => entry.A).Select(entry => entry.A), palette.Select(entry => entry.A));
        Assert.Contains(palette, entry => entry.A < 255);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void QuantizerOptions_KOutsideItsRange_IsRefused(int k)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColorQuantizer(new QuantizerOptions { K = k }));
    }

    [Fact]
    public void Quantize_Cancelled_Stops()
    {
        var parallel = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => new ColorQuantizer(null, parallel).Quantize(new PixelImage(10, 10)));
    }
}
