using KMeansPS.Imaging.Palettes;

namespace KMeansPS.Imaging.Tests.Palettes;

public sealed class HexColorTests
{
    [Theory]
    [InlineData("#ff8800", 255, 136, 0, 255)]
    [InlineData("FF8800", 255, 136, 0, 255)]
    [InlineData(" f80 ", 255, 136, 0, 255)]
    [InlineData("#f808", 255, 136, 0, 136)]
    [InlineData("#01020304", 1, 2, 3, 4)]
    public void TryParse_AsCssWritesIt_ReadsIt(string text, byte r, byte g, byte b, byte a)
    {
        Assert.True(HexColor.TryParse(text, out var color));
        Assert.Equal(new Rgba(r, g, b, a), color);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#12")]
    [InlineData("#12345")]
    [InlineData("#1234567")]
    [InlineData("#123456789")]
    [InlineData("##123456")]
    [InlineData("#ff88 0")]
    [InlineData("+12345")]
    [InlineData("-1-2-3")]
    [InlineData("red")]
    [InlineData("0xff88")]
    public void TryParse_AnythingElse_IsRefused(string? text) => Assert.False(HexColor.TryParse(text, out _));
}
