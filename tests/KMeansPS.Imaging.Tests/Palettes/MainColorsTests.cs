using KMeansPS.Imaging.Palettes;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Palettes;

public class MainColorsTests
{
    [Fact]
    public void Of_GivesTheMostFrequentFirst()
    {
        var blue = new Rgba(0, 0, 255);
        var image = Pictures.Of(4, 2, blue, new Rgba(255, 0, 0, 51), blue, blue, default, default, blue, blue);
        var entries = MainColors.Of(image, new QuantizerOptions { K = 3 }, "/a.png");

        Assert.Equal(
            [
                new PaletteEntry { Source = "/a.png", Hex = "#0000FF", R = 0, G = 0, B = 255, A = 255, Count = 5, Share = 0.625, Name = "blue" },
                new PaletteEntry { Source = "/a.png", Hex = "#00000000", R = 0, G = 0, B = 0, A = 0, Count = 2, Share = 0.25, Name = "transparent" },
                new PaletteEntry { Source = "/a.png", Hex = "#FF000033", R = 255, G = 0, B = 0, A = 51, Count = 1, Share = 0.125, Name = "red" },
            ], entries);
    }

    [Fact]
    public void Of_SharesAddUpToOne()
    {
        var entries = MainColors.Of(Pictures.Sample("coffee.png"), new QuantizerOptions { K = 8 });

        Assert.Equal(8, entries.Count);
        Assert.Equal(1, entries.Sum(entry => entry.Share), 1e-12);
        Assert.Equal(600 * 400, entries.Sum(entry => entry.Count));
        Assert.Equal(entries.OrderByDescending(entry => entry.Share), entries);
    }
}
