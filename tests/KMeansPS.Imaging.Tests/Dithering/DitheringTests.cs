using FsCheck;
using FsCheck.Fluent;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Dithering;
using KMeansPS.Imaging.Metrics;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Dithering;

public class DitheringTests
{
    public static TheoryData<DitheringMethod> Methods => [.. Enum.GetValues<DitheringMethod>().Where(method => method != DitheringMethod.None)];

    public static MatrixTheoryData<DitheringMethod, ColorSpace> MethodsAndSpaces =>
        new(Enum.GetValues<DitheringMethod>().Where(method => method != DitheringMethod.None), Enum.GetValues<ColorSpace>());

    private static QuantizedImage Quantize(
        PixelImage image, int k, DitheringMethod dithering, double strength = 1, ColorSpace space = ColorSpace.Rgb, int threads = -1) =>
        new ColorQuantizer(
            new QuantizerOptions { K = k, Dithering = dithering, DitheringStrength = strength, ColorSpace = space },
            new ParallelOptions { MaxDegreeOfParallelism = threads }).Quantize(image);

    [Theory]
    [MemberData(nameof(MethodsAndSpaces))]
    public void Quantize_Dithered_BringsTheMeansOfBlocksNearerToTheOriginal(DitheringMethod method, ColorSpace space)
    {
        var image = Pictures.Sample("chelsea.png");
        double plain = ErrorOfBlocks(image, Quantize(image, 8, DitheringMethod.None, space: space));
        double dithered = ErrorOfBlocks(image, Quantize(image, 8, method, space: space));
        Assert.True(dithered < plain, $"{dithered} is not below {plain}.");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Quantize_AtStrengthZero_IsNotDithered(DitheringMethod method)
    {
        var image = Pictures.Sample("chelsea.png");
        var plain = Quantize(image, 8, DitheringMethod.None);
        var dithered = Quantize(image, 8, method, strength: 0);
        Assert.Equal(plain.Image.Indices.ToArray(), dithered.Image.Indices.ToArray());
        Assert.Equal(plain.Mse, dithered.Mse);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Quantize_AtLessStrength_StaysNearerPixelByPixel(DitheringMethod method)
    {
        var image = Pictures.Sample("chelsea.png");
        var errors = new[] { 0, 0.5, 1 }.Select(strength => Quantize(image, 8, method, strength).Mse).ToArray();
        Assert.Equal(errors.Order(), errors);
    }

    [Theory]
    [MemberData(nameof(MethodsAndSpaces))]
    public void Quantize_APictureOfNoMoreThanKColors_IsNotDithered(DitheringMethod method, ColorSpace space)
    {
        var image = Pictures.Random(40, 30, levels: 5, opaque: true, seed: 3);
        Assert.True(Quantize(image, 256, method, space: space).IsLossless);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Map_AFlatAreaOfAnEntrysColor_StaysFlat(DitheringMethod method)
    {
        // The left half has an entry's colour, the right half a ramp whose errors must not leak into it.
        var flat = new Rgba(90, 120, 30);
        var image = new PixelImage(64, 32);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            int x = i % 64;
            image.Pixels[i] = x < 32 ? flat : new Rgba((byte)(4 * x), (byte)(3 * x), (byte)(2 * x));
        }

        var palette = new Palette([flat, new(0, 0, 0), new(255, 255, 255), new(94, 118, 34)]);
        var mapped = Map(image, palette, method);
        for (int y = 0; y < image.Height; y++)
        {
            Assert.True(mapped.Image.Row(y)[..32].IndexOfAnyExcept((byte)0) < 0);
        }

        Assert.True(mapped.Image.Indices.ToArray().Distinct().Count() > 2);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Map_AGreyBetweenTwoEntries_MixesThemInItsShare(DitheringMethod method)
    {
        var image = new PixelImage(64, 64);
        image.Pixels.Fill(new Rgba(64, 64, 64));
        var mapped = Map(image, new Palette([new(0, 0, 0), new(255, 255, 255)]), method);
        double share = mapped.Image.Indices.ToArray().Average(index => (double)index);
        Assert.Equal(64 / 255.0, share, 0.03);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Map_BetweenAnEntryOfAnotherHueAndOneOfAnotherLightness_TakesTheHue(DitheringMethod method)
    {
        var image = new PixelImage(64, 64);
        image.Pixels.Fill(new Rgba(100, 100, 100));
        var palette = new Palette([new(100, 90, 100), new(110, 100, 94)]); // 10 off, and 11.7
        Assert.Equal(0, Map(image, palette, DitheringMethod.None).Image.Indices[0]);
        Assert.True(Map(image, palette, method).Image.Indices.ToArray().Average(index => (double)index) > 0.5);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Quantize_TransparentPixels_StayTransparentAndOpaqueOnesWithoutHoles(DitheringMethod method)
    {
        var random = new Random(2);
        var image = new PixelImage(60, 40);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            byte alpha = (i % 60) switch { < 20 => 0, < 25 => (byte)random.Next(1, 255), _ => 255 };
            image.Pixels[i] = new Rgba((byte)random.Next(256), (byte)(i / 10), (byte)(i % 60), alpha);
        }

        var palette = new Palette([default, new(20, 140, 30, 128), new(0, 0, 0), new(200, 100, 30), new(90, 220, 10), new(255, 255, 255)]);
        var shown = Pictures.Show(Map(image, palette, method).Image);
        var geometry = ColorGeometry.ForDithering(ColorSpace.Rgb, opaque: false);
        var entries = geometry.ToPoints(palette.Entries);
        var nearest = new KMeans<float>().Assign(geometry.ToPoints(image.Pixels), entries).Cluster;
        for (int i = 0; i < shown.Length; i++)
        {
            switch (image.Pixels[i].A)
            {
                case 0:
                    Assert.Equal(default, shown[i]);
                    break;
                case 255:
                    Assert.InRange(shown[i].A, palette[nearest[i]].A, 255);
                    break;
            }
        }
    }

    [Theory]
    [MemberData(nameof(MethodsAndSpaces))]
    public void Quantize_Dithered_DoesNotDependOnTheThreads(DitheringMethod method, ColorSpace space)
    {
        var image = Pictures.Sample("horse_rgba.png");
        var one = Quantize(image, 8, method, space: space, threads: 1);
        var four = Quantize(image, 8, method, space: space, threads: 4);
        Assert.Equal(one.Image.Indices.ToArray(), four.Image.Indices.ToArray());
        Assert.Equal(one.Mse, four.Mse);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Quantize_Dithered_ReportsTheErrorThatItsPixelsHave(DitheringMethod method)
    {
        var image = Pictures.Sample("chelsea.png");
        var quantized = Quantize(image, 16, method);
        Assert.Equal(ImageError.Mse(image, Pictures.Of(image.Width, image.Height, Pictures.Show(quantized.Image))), quantized.Mse, 1e-9);
    }

    [Fact]
    public void Quantize_AnyPictureDithered_HasEveryPixel()
    {
        Prop.ForAll(Pictures.Arbitrary(), image => Enum.GetValues<DitheringMethod>().All(method =>
            Quantize(image, 5, method).Image.Indices.Length == image.Pixels.Length)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Map_WithACancelledToken_Stops(DitheringMethod method)
    {
        var image = Pictures.Sample("chelsea.png");
        var histogram = ColorHistogram.Of(image, TestContext.Current.CancellationToken);
        var quantizer = new ColorQuantizer(new QuantizerOptions { Dithering = method }, new ParallelOptions { CancellationToken = new CancellationToken(true) });
        Assert.ThrowsAny<OperationCanceledException>(() => quantizer.Map(image, histogram, new Palette([default(Rgba)])));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void QuantizerOptions_AStrengthOutsideItsRange_IsRefused(double strength) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColorQuantizer(new QuantizerOptions { DitheringStrength = strength }));

    private static QuantizedImage Map(PixelImage image, Palette palette, DitheringMethod method) =>
        new ColorQuantizer(new QuantizerOptions { Dithering = method }).Map(image, ColorHistogram.Of(image), palette);

    // The mean squared error of the lightness of 8 x 8 blocks.
    private static double ErrorOfBlocks(PixelImage image, QuantizedImage quantized)
    {
        const int Edge = 8;
        var shown = Pictures.Show(quantized.Image);
        double error = 0;
        int blocks = 0;
        for (int top = 0; top + Edge <= image.Height; top += Edge)
        {
            for (int left = 0; left + Edge <= image.Width; left += Edge)
            {
                var (red, green, blue) = (0.0, 0.0, 0.0);
                for (int i = 0; i < Edge * Edge; i++)
                {
                    int place = ((top + (i / Edge)) * image.Width) + left + (i % Edge);
                    red += image.Pixels[place].R - shown[place].R;
                    green += image.Pixels[place].G - shown[place].G;
                    blue += image.Pixels[place].B - shown[place].B;
                }

                double luma = (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
                error += luma * luma / (Edge * Edge * Edge * Edge);
                blocks++;
            }
        }

        return error / blocks;
    }
}
