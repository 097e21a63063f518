using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Tests.ColorSpaces;

public class LabTests
{
    // What skimage.color.rgb2lab of scikit-image 0.19.3 gives.
    [Theory]
    [InlineData(0, 0, 0, 0.000000000000, 0.000000000000, 0.000000000000)]
    [InlineData(255, 255, 255, 100.000000000000, -0.002454937862, 0.004653421154)]
    [InlineData(255, 0, 0, 53.240587943745, 80.092308225692, 67.202751044429)]
    [InlineData(0, 255, 0, 87.735099488319, -86.183029744395, 83.179703175385)]
    [InlineData(0, 0, 255, 32.295672565014, 79.185590911766, -107.857300206695)]
    [InlineData(1, 2, 3, 0.509825067509, -0.122490304816, -0.470496076551)]
    [InlineData(10, 10, 10, 2.741734960238, -0.000174071274, 0.000329952171)]
    [InlineData(128, 128, 128, 53.585013452169, -0.001472645553, 0.002791451497)]
    [InlineData(200, 30, 90, 44.160887008818, 65.806642572927, 10.615001925713)]
    [InlineData(12, 200, 77, 70.815744599576, -66.543544230651, 48.873178449783)]
    [InlineData(17, 34, 250, 34.318768159538, 70.512325344828, -101.661241574944)]
    [InlineData(254, 255, 253, 99.877169593309, -0.681025359835, 0.841616820970)]
    [InlineData(0.5, 128.25, 254.75, 54.769059755041, 18.532996621668, -70.687544464398)]
    [InlineData(10.31, 10.32, 10.3, 2.828510897855, -0.005614821772, 0.007015695403)]
    [InlineData(99.9, 3.3, 180.7, 29.659942252874, 64.626678591831, -69.143550523531)]
    public void Of_IsWhatScikitImageGives(double red, double green, double blue, double l, double a, double b)
    {
        var lab = Lab.Of(red, green, blue);

        Assert.Equal(l, lab.L, 1e-9);
        Assert.Equal(a, lab.A, 1e-9);
        Assert.Equal(b, lab.B, 1e-9);
        if (red % 1 == 0)
        {
            Assert.Equal(lab, Lab.Of(new Rgba((byte)red, (byte)green, (byte)blue)));
        }
    }

    [Fact]
    public void Roots_AreThoseOfTheMathematicsLibrary()
    {
        for (double value = 0.0001; value <= 2; value += 0.00037)
        {
            Assert.Equal(Math.Cbrt(value), Roots.Cube(value), 2e-15);
            Assert.Equal(Math.Pow(value, 0.2), Roots.Fifth(value), 2e-15);
        }
    }
}
