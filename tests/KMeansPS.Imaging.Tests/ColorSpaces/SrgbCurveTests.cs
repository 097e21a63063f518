using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Tests.ColorSpaces;

public class SrgbCurveTests
{
    [Fact]
    public void ToLinear_EveryLevel_IsWhatTheStandardSays()
    {
        for (int level = 0; level < 256; level++)
        {
            double encoded = level / 255.0;
            double light = encoded <= 0.04045 ? encoded / 12.92 : Math.Pow((encoded + 0.055) / 1.055, 2.4);
            Assert.Equal(light, SrgbCurve.ToLinear((byte)level), 1e-14);
        }
    }

    [Fact]
    public void ToLevel_OfLightBetweenLevels_IsTheNearestLevel()
    {
        for (double level = 0; level <= 255; level += 0.0625)
        {
            if (level % 1 != 0.5)
            {
                Assert.Equal((byte)Math.Round(level), SrgbCurve.ToLevel(SrgbCurve.ToLinear(level)));
            }
        }
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 255)]
    public void ToLevel_OfLightOutsideSrgb_IsItsBorder(double light, byte level) => Assert.Equal(level, SrgbCurve.ToLevel(light));
}
