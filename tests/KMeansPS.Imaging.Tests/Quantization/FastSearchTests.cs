using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public sealed class FastSearchTests
{
    private static QuantizedImage Quantize(PixelImage image, int k, int threads = 1) => new ColorQuantizer(
        new QuantizerOptions { K = k, Effort = QuantizerEffort.Fast },
        new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = TestContext.Current.CancellationToken }).Quantize(image);

    // What the mean squared error was when the cells were searched by k-means++ and Lloyd's rounds.
    [Theory]
    [InlineData("coffee.png", 16, 70.66)]
    [InlineData("coffee.png", 256, 6.192)]
    [InlineData("chelsea.png", 16, 53.30)]
    [InlineData("chelsea.png", 256, 5.452)]
    [InlineData("rocket.jpg", 16, 55.66)]
    [InlineData("rocket.jpg", 256, 5.132)]
    public void Find_Photograph_IsNoWorseThanASearchOfTheCells(string name, int k, double mse)
    {
        var quantized = Quantize(Pictures.Sample(name), k);
        Assert.Equal(k, quantized.Image.Palette.Count);
        Assert.InRange(quantized.Mse, 0, mse);
    }

    [Theory]
    [InlineData(5, 16)]
    [InlineData(300, 256)]
    [InlineData(257, 256)]
    [InlineData(5000, 256)]
    [InlineData(40, 2)]
    [InlineData(2, 1)]
    public void Find_OfFewColors_HasKEntriesAndReportsItsInertia(int colors, int k)
    {
        var random = new Random(colors);
        Rgba[] palette = [.. Enumerable.Range(0, colors).Select(_ => new Rgba((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)))];
        var image = new PixelImage(200, 100);
        foreach (ref var pixel in image.Pixels)
        {
            pixel = palette[random.Next(palette.Length)];
        }

        var quantized = Quantize(image, k);
        Assert.Equal(Math.Min(k, quantized.SourceColorCount), quantized.Image.Palette.Count);

        // The palette is rounded, and pixels go to its nearest entry: about the inertia before that.
        Assert.InRange(quantized.Inertia, 0.8 * quantized.Mse * 3 * image.Pixels.Length * (quantized.IsLossless ? 0 : 1), (1.01 * quantized.Mse * 3 * image.Pixels.Length) + 1);
    }

    [Fact]
    public void Find_AnyNumberOfThreads_GivesTheSamePicture()
    {
        var image = Pictures.Sample("rocket.jpg");
        var one = Quantize(image, 64);
        var three = Quantize(image, 64, threads: 3);
        Assert.Equal(one.Image.Palette, three.Image.Palette);
        Assert.Equal(one.Image.Indices.ToArray(), three.Image.Indices.ToArray());
        Assert.Equal(one.Inertia, three.Inertia);
    }

    [Fact]
    public void Find_WhereHalfOfThePixelsAreNearlyBlack_GivesThoseTheirEntries()
    {
        // A night sky: a coarse grid has one cell for most of the picture.
        var image = new PixelImage(400, 400);
        var random = new Random(2);
        foreach (ref var pixel in image.Pixels)
        {
            int most = random.Next(10) == 0 ? 256 : 12;
            pixel = new Rgba((byte)random.Next(most), (byte)random.Next(most), (byte)random.Next(most));
        }

        var fast = Quantize(image, 64);
        var balanced = new ColorQuantizer(new QuantizerOptions { K = 64 }).Quantize(image);
        Assert.InRange(fast.Mse, 0, 1.05 * balanced.Mse);
    }
}
