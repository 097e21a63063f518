using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public class ColorGeometryTests
{
    public static TheoryData<ColorSpace> Spaces => [.. Enum.GetValues<ColorSpace>()];

    [Theory]
    [MemberData(nameof(Spaces))]
    public void ToColor_OfATranslucentColorsPoint_IsNearTheColor(ColorSpace space)
    {
        ToColorIsNear(new ColorGeometry(space, opaque: false));
        ToColorIsNear(ColorGeometry.ForDithering(space, opaque: false));
    }

    private static void ToColorIsNear(ColorGeometry geometry)
    {
        var random = new Random(4);
        for (int i = 0; i < 2000; i++)
        {
            var color = new Rgba((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(1, 256));
            var again = geometry.ToColor(geometry.ToPoints([color])[0]);
            Assert.Equal(color.A, again.A);
            Assert.InRange(Math.Abs(color.R - again.R) + Math.Abs(color.G - again.G) + Math.Abs(color.B - again.B), 0, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void SquaredDistance_OfOpaqueColors_DoesNotDependOnTheFourthDimension(ColorSpace space)
    {
        Rgba[] colors = [new(10, 200, 30), new(40, 120, 250)];
        var three = new ColorGeometry(space, opaque: true).ToPoints(colors);
        var four = new ColorGeometry(space, opaque: false).ToPoints(colors);
        double distance = ColorGeometry.SquaredDistance(three[0], three[1]);
        Assert.Equal(distance, ColorGeometry.SquaredDistance(four[0], four[1]), distance * 1e-5);
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void ToPoints_InvisibleColors_AreOnePoint(ColorSpace space)
    {
        var points = new ColorGeometry(space, opaque: false).ToPoints([new Rgba(255, 0, 9, 0), default]);
        Assert.Equal(points[0].ToArray(), points[1].ToArray());
    }
}
