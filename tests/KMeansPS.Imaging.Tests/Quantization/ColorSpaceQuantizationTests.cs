using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Metrics;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public class ColorSpaceQuantizationTests
{
    public static TheoryData<ColorSpace> Spaces => [.. Enum.GetValues<ColorSpace>()];

    private static QuantizedImage Quantize(PixelImage image, int k, ColorSpace space, int threads = -1) =>
        new ColorQuantizer(new QuantizerOptions { K = k, ColorSpace = space }, new ParallelOptions { MaxDegreeOfParallelism = threads }).Quantize(image);

    [Theory]
    [InlineData("chelsea.png", 16)]
    [InlineData("coffee.png", 16)]
    [InlineData("rocket.jpg", 16)]
    [InlineData("chelsea.png", 256)]
    [InlineData("coffee.png", 256)]
    [InlineData("rocket.jpg", 256)]
    public void Quantize_InOklab_IsNearerToTheEyeThanInRgb(string sample, int k)
    {
        var image = Pictures.Sample(sample);
        Assert.True(LabError(image, Quantize(image, k, ColorSpace.Oklab)) < LabError(image, Quantize(image, k, ColorSpace.Rgb)));
    }

    [Fact]
    public void Quantize_InRgb_HasTheLeastSquaredError()
    {
        var image = Pictures.Sample("chelsea.png");
        double inRgb = Quantize(image, 16, ColorSpace.Rgb).Mse;
        Assert.All([ColorSpace.LinearRgb, ColorSpace.Oklab, ColorSpace.Lab], space => Assert.True(inRgb < Quantize(image, 16, space).Mse));
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void Quantize_InAnySpace_ReportsTheErrorInRgb(ColorSpace space)
    {
        var image = Pictures.Sample("chelsea.png");
        var quantized = Quantize(image, 16, space);
        var shown = Pictures.Of(image.Width, image.Height, Pictures.Show(quantized.Image));
        Assert.Equal(ImageError.Mse(image, shown), quantized.Mse, 1e-9);
        Assert.Equal(16, quantized.Image.Palette.Count);
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void Quantize_InAnySpace_KeepsFewColors(ColorSpace space)
    {
        var image = Pictures.Random(30, 20, levels: 2, opaque: false, seed: 7);
        var quantized = Quantize(image, 256, space);
        Assert.True(quantized.IsLossless);
        Assert.Equal(image.Pixels.ToArray().Select(pixel => pixel.A == 0 ? default : pixel), Pictures.Show(quantized.Image));
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void Quantize_InAnySpace_DoesNotDependOnTheThreads(ColorSpace space)
    {
        var image = Pictures.Sample("horse_rgba.png");
        var one = Quantize(image, 16, space, threads: 1);
        var four = Quantize(image, 16, space, threads: 4);
        Assert.Equal(one.Image.Palette, four.Image.Palette);
        Assert.Equal(one.Image.Indices.ToArray(), four.Image.Indices.ToArray());
    }

    [Fact]
    public void QuantizerOptions_AnUnknownSpace_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ColorQuantizer(new QuantizerOptions { ColorSpace = (ColorSpace)9 }));

    // The mean distance in CIELAB, an older measure of what is seen, which none of the spaces but its own is made for.
    private static double LabError(PixelImage image, QuantizedImage quantized)
    {
        var entries = quantized.Image.Palette.Select(Lab.Of).ToArray();
        double sum = 0;
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            var (a, b) = (Lab.Of(image.Pixels[i]), entries[quantized.Image.Indices[i]]);
            sum += Math.Sqrt(((a.L - b.L) * (a.L - b.L)) + ((a.A - b.A) * (a.A - b.A)) + ((a.B - b.B) * (a.B - b.B)));
        }

        return sum / image.Pixels.Length;
    }
}
