using KMeansPS.Imaging.Palettes;

namespace KMeansPS.Imaging.Tests.Palettes;

public class CssColorsTests
{
    [Fact]
    public void All_AreTheNamesOfCss()
    {
        Assert.Equal(148, CssColors.All.Count);
        Assert.Equal(new Rgba(0x66, 0x33, 0x99), CssColors.All["rebeccapurple"]);
        Assert.Equal(new Rgba(0xA9, 0xA9, 0xA9), CssColors.All["darkgray"]);
        Assert.Equal(139, CssColors.All.Values.Distinct().Count());
    }

    [Fact]
    public void NearestName_OfANamedColor_IsItsOwn() =>
        Assert.All(CssColors.All, named => Assert.Equal(named.Value, CssColors.All[CssColors.NearestName(named.Value)]));

    [Theory]
    [InlineData(128, 128, 128, 255, "gray")]
    [InlineData(0, 255, 255, 255, "aqua")]
    [InlineData(1, 2, 130, 255, "navy")]
    [InlineData(255, 250, 251, 255, "snow")]
    [InlineData(254, 1, 1, 100, "red")]
    [InlineData(255, 0, 0, 0, "transparent")]
    public void NearestName_LooksMostLikeIt(byte r, byte g, byte b, byte a, string expected) =>
        Assert.Equal(expected, CssColors.NearestName(new Rgba(r, g, b, a)));
}
