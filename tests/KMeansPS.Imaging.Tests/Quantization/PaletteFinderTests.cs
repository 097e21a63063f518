using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Metrics;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public sealed class PaletteFinderTests
{
    private static readonly Rgba Magenta = new(255, 0, 255);

    private static QuantizedImage Quantize(PixelImage image, QuantizerOptions options) => new ColorQuantizer(options).Quantize(image);

    // A photograph with a lamp of 0.05 percent of its pixels.
    private static PixelImage WithLamp(string name, Rgba color)
    {
        var image = Pictures.Sample(name);
        int side = (int)Math.Sqrt(0.0005 * image.Width * image.Height);
        for (int y = 0; y < side; y++)
        {
            image.Row(100 + y).Slice(100, side).Fill(color);
        }

        return image;
    }

    [Theory]
    [InlineData(ColorSpace.Rgb)]
    [InlineData(ColorSpace.Oklab)]
    public void FindPalette_WithFixedColors_HasThemExactlyAndKInAll(ColorSpace space)
    {
        Rgba[] fixedColors = [Magenta, new(0, 255, 1), new(17, 34, 51)];
        var palette = Quantize(Pictures.Sample("chelsea.png"), new QuantizerOptions { K = 12, ColorSpace = space, FixedColors = new Palette(fixedColors) }).Image.Palette;
        Assert.Equal(12, palette.Count);
        Assert.Empty(fixedColors.Except(palette));
    }

    [Theory]
    [InlineData(QuantizerEffort.Fast)]
    [InlineData(QuantizerEffort.Balanced)]
    [InlineData(QuantizerEffort.Best)]
    public void FindPalette_WithFixedColorsSideBySide_KeepsEach(QuantizerEffort effort)
    {
        Rgba[] fixedColors = [new(0, 0, 0), new(1, 0, 0), new(1, 1, 1), new(255, 255, 255), new(255, 255, 254)];
        var quantized = Quantize(Pictures.Sample("coffee.png"), new QuantizerOptions { K = 16, Effort = effort, FixedColors = new Palette(fixedColors) });
        Assert.Equal(16, quantized.Image.Palette.Count);
        Assert.Empty(fixedColors.Except(quantized.Image.Palette));
        Assert.True(ImageError.Psnr(quantized.Mse) > 27);
    }

    [Fact]
    public void FindPalette_WithAFixedColorAmongThePixels_LosesLittle()
    {
        var image = Pictures.Sample("chelsea.png");
        var free = Quantize(image, new QuantizerOptions { K = 16 });
        var around = Quantize(image, new QuantizerOptions { K = 16, FixedColors = new Palette([free.Image.Palette[7]]) });
        Assert.Contains(free.Image.Palette[7], around.Image.Palette);
        Assert.InRange(ImageError.Psnr(around.Mse), ImageError.Psnr(free.Mse) - 0.1, 100);
    }

    [Fact]
    public void FindPalette_WithAsManyFixedColorsAsK_IsThese()
    {
        var fixedColors = new Palette([Magenta, new(1, 2, 3)]);
        Assert.Equal([new(1, 2, 3), Magenta], Quantize(Pictures.Sample("chelsea.png"), new QuantizerOptions { K = 2, FixedColors = fixedColors }).Image.Palette);
    }

    [Fact]
    public void FindPalette_WithFixedColorsAndFewOthers_KeepsThemAll()
    {
        var image = Pictures.Of(2, 1, new Rgba(1, 1, 1), new Rgba(2, 2, 2));
        var quantized = Quantize(image, new QuantizerOptions { K = 3, FixedColors = new Palette([Magenta]) });
        Assert.True(quantized.IsLossless);
        Assert.Equal([new(1, 1, 1), new(2, 2, 2), Magenta], quantized.Image.Palette);

        // With one entry less the two share what the fixed one leaves.
        Assert.Equal([new(2, 2, 2), Magenta], Quantize(image, new QuantizerOptions { K = 2, FixedColors = new Palette([Magenta]) }).Image.Palette);
    }

    [Theory]
    [InlineData(QuantizerEffort.Fast)]
    [InlineData(QuantizerEffort.Balanced)]
    public void FindPalette_OfAClearGroundWithASoftShadow_LeavesTheGroundClear(QuantizerEffort effort)
    {
        // The faint rim of the shadow falls to the entry of the ground, whose mean is then not quite clear.
        var image = new PixelImage(60, 60);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            int depth = Math.Min(Math.Min(i % 60, 59 - (i % 60)), Math.Min(i / 60, 59 - (i / 60)));
            image.Pixels[i] = depth switch
            {
                < 8 => default,
                < 14 => new Rgba(0, 0, 0, (byte)((depth - 7) * 5)),
                _ => new Rgba((byte)(4 * (i % 60)), (byte)(4 * (i / 60)), 90),
            };
        }

        var quantized = new ColorQuantizer(new QuantizerOptions { K = 6, Effort = effort }).Quantize(image);
        var shown = Pictures.Show(quantized.Image);
        Assert.All(Enumerable.Range(0, shown.Length).Where(i => image.Pixels[i].A == 0), i => Assert.Equal(default, shown[i]));
    }

    [Fact]
    public void FindPalette_WithATransparentFixedColor_KeepsIt()
    {
        var palette = Quantize(Pictures.Sample("chelsea.png"), new QuantizerOptions { K = 4, FixedColors = new Palette([new Rgba(9, 9, 9, 0)]) }).Image.Palette;
        Assert.Equal(4, palette.Count);
        Assert.Contains(default, palette);
    }

    [Fact]
    public void QuantizerOptions_ThatContradictThemselves_AreRefused()
    {
        var two = new Palette([Magenta, default]);
        Assert.Throws<ArgumentException>(() => new ColorQuantizer(new QuantizerOptions { K = 1, FixedColors = two }));
        Assert.Throws<ArgumentException>(() => new ColorQuantizer(new QuantizerOptions { Palette = two, FixedColors = two }));
        Assert.Throws<ArgumentException>(() => new ColorQuantizer(new QuantizerOptions { Palette = two, KeepRareColors = true }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColorQuantizer(new QuantizerOptions { Effort = (QuantizerEffort)7 }));
    }

    [Theory]
    [InlineData("rocket.jpg", 0.3)]
    [InlineData("chelsea.png", 0.2)]
    public void FindPalette_KeepingRareColors_GivesALampItsOwnEntryForLittle(string name, double decibels)
    {
        var lamp = new Rgba(230, 20, 30);
        var image = WithLamp(name, lamp);
        var without = Quantize(image, new QuantizerOptions { K = 16 });
        var with = Quantize(image, new QuantizerOptions { K = 16, KeepRareColors = true });
        Assert.DoesNotContain(lamp, without.Image.Palette); // else this picture shows nothing
        Assert.Contains(lamp, with.Image.Palette);
        Assert.InRange(ImageError.Psnr(with.Mse), ImageError.Psnr(without.Mse) - decibels, ImageError.Psnr(without.Mse));
    }

    [Fact]
    public void FindPalette_KeepingRareColorsWhereNoneIsLost_ChangesNothing()
    {
        var image = Pictures.Sample("coffee.png");
        Assert.Equal(
            Quantize(image, new QuantizerOptions { K = 64 }).Image.Palette,
            Quantize(image, new QuantizerOptions { K = 64, KeepRareColors = true }).Image.Palette);
    }

    [Fact]
    public void FindPalette_WithMoreEffort_IsNoWorse()
    {
        var image = Pictures.Sample("coffee.png");
        double[] errors = [.. Enum.GetValues<QuantizerEffort>().Select(effort => Quantize(image, new QuantizerOptions { K = 16, Effort = effort }).Mse)];
        Assert.True(errors[1] < errors[0], $"{errors[1]} is not below {errors[0]}");
        Assert.True(errors[2] <= errors[1] * 1.001, $"{errors[2]} is above {errors[1]}");
    }

    [Fact]
    public void Quantize_ToAGivenPalette_GivesEveryPixelItsNearestEntryAndKeepsThePalette()
    {
        var palette = new Palette([new Rgba(0, 0, 0), new Rgba(255, 255, 255), Magenta]);
        var quantized = Quantize(Pictures.Of(3, 1, new Rgba(9, 9, 9), new Rgba(0, 0, 0), new Rgba(130, 130, 130)), new QuantizerOptions { Palette = palette });
        Assert.Equal(palette, quantized.Image.Palette);
        Assert.Equal([0, 0, 1], quantized.Image.Indices.ToArray());
        Assert.False(quantized.IsLossless);
    }

    [Fact]
    public void SharedColors_OfPicturesOfDifferentSize_CountEachForTheSame()
    {
        var large = new PixelImage(100, 100);
        large.Pixels.Fill(new Rgba(0, 0, 0));
        var small = Pictures.Of(1, 1, new Rgba(100, 0, 0));
        var shared = new SharedColors();
        shared.Add(ColorHistogram.Of(large, TestContext.Current.CancellationToken));
        shared.Add(ColorHistogram.Of(small, TestContext.Current.CancellationToken));
        Assert.Equal([new Rgba(50, 0, 0)], new ColorQuantizer(new QuantizerOptions { K = 1 }).FindPalette(shared.ToWeightedColors()).Palette);
    }
}
