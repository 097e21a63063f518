using FsCheck;
using FsCheck.Fluent;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public sealed class OpaqueCellsTests
{
    private static void AssertAreCoarseColors(PixelImage image, int edge)
    {
        var histogram = ColorHistogram.Of(image, TestContext.Current.CancellationToken);
        var colors = histogram.ToWeightedColors();
        var geometry = new ColorGeometry(ColorSpace.Rgb, opaque: true);
        var points = geometry.ToPoints(colors.Colors, colors.WeightArray, TestContext.Current.CancellationToken);
        var expected = CoarseColors.Of(points, edge, geometry.Reach);
        var cells = histogram.OpaqueCells.Means(edge);
        Assert.Equal(expected.Count, histogram.OpaqueCells.Count(edge));
        Assert.Equal(expected.Values.ToArray(), cells.Values.ToArray());
        Assert.Equal(expected.Weights.ToArray(), cells.Weights.ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Means_OfAnyPicture_AreWhatCoarseColorsMakesOfItsPoints(int edge) => Check.QuickThrowOnFailure(Prop.ForAll(
        Pictures.Arbitrary().Filter(static image => ColorHistogram.Of(image).IsOpaque), image => AssertAreCoarseColors(image, edge)));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Means_OfAPhotograph_AreWhatCoarseColorsMakesOfItsPoints(int edge) => AssertAreCoarseColors(Pictures.Sample("coffee.png"), edge);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Means_OfNeighboursAmongManyPixels_AreWhatCoarseColorsMakesOfTheirPoints(int edge)
    {
        // Every colour of some whole cells, and one of them far oftener than a byte can count.
        var image = new PixelImage(64, 128);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = i < 4096 ? new Rgba((byte)(120 + (i & 15)), (byte)(248 - ((i >> 4) & 15)), (byte)((i >> 8) & 15)) : new Rgba(121, 240, 7);
        }

        AssertAreCoarseColors(image, edge);
    }
}
