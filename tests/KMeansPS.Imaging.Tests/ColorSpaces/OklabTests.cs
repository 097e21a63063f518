using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Tests.ColorSpaces;

public class OklabTests
{
    // As CSS Color 4 and the culori library give them, to the digits that all agree on.
    [Theory]
    [InlineData(255, 255, 255, 1.00000, 0.00000, 0.00000)]
    [InlineData(0, 0, 0, 0.00000, 0.00000, 0.00000)]
    [InlineData(255, 0, 0, 0.62796, 0.22486, 0.12585)]
    [InlineData(0, 255, 0, 0.86644, -0.23389, 0.17950)]
    [InlineData(0, 0, 255, 0.45201, -0.03246, -0.31153)]
    [InlineData(102, 51, 153, 0.44027, 0.08818, -0.13386)]
    public void Of_KnownColors_GivesThePublishedCoordinates(byte red, byte green, byte blue, double l, double a, double b)
    {
        var oklab = Oklab.Of(new Rgba(red, green, blue));

        Assert.Equal(l, oklab.L, 1e-5);
        Assert.Equal(a, oklab.A, 1e-5);
        Assert.Equal(b, oklab.B, 1e-5);
    }
}
