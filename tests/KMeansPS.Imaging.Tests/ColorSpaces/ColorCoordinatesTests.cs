using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Tests.ColorSpaces;

public class ColorCoordinatesTests
{
    public static TheoryData<ColorSpace> Spaces => [.. Enum.GetValues<ColorSpace>()];

    [Theory]
    [MemberData(nameof(Spaces))]
    public void ToColor_OfAnyColorsPoint_IsTheColorAgain(ColorSpace space)
    {
        var coordinates = ColorCoordinates.Of(space);
        var point = new float[3];
        foreach (var color in ColorsOfSrgb(step: 5).Concat(Greys()))
        {
            coordinates.FromColor(color, point);
            Assert.Equal(color, coordinates.ToColor(point));
            Assert.All(point, coordinate => Assert.InRange(coordinate, 1 - coordinates.Reach, coordinates.Reach - 1));
        }
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void FromColor_Black_IsTheOrigin(ColorSpace space)
    {
        var point = new float[] { 1, 1, 1 };
        ColorCoordinates.Of(space).FromColor(new Rgba(0, 0, 0), point);
        Assert.All(point, coordinate => Assert.Equal(0, coordinate, 1e-4));
    }

    [Theory]
    [MemberData(nameof(Spaces))]
    public void ToColor_OfWhatSrgbHasNot_IsCutToIt(ColorSpace space)
    {
        var coordinates = ColorCoordinates.Of(space);
        Assert.Equal(new Rgba(255, 255, 255), coordinates.ToColor(Scaled(1.5f)));
        Assert.Equal(new Rgba(0, 0, 0), coordinates.ToColor(Scaled(-0.5f)));

        float[] Scaled(float factor)
        {
            var white = new float[3];
            coordinates.FromColor(new Rgba(255, 255, 255), white);
            return Array.ConvertAll(white, coordinate => coordinate * factor);
        }
    }

    private static IEnumerable<Rgba> ColorsOfSrgb(int step)
    {
        for (int red = 0; red < 256; red += step)
        {
            for (int green = 0; green < 256; green += step)
            {
                for (int blue = 0; blue < 256; blue += step)
                {
                    yield return new Rgba((byte)red, (byte)green, (byte)blue);
                }
            }
        }
    }

    private static IEnumerable<Rgba> Greys() => Enumerable.Range(0, 256).Select(level => new Rgba((byte)level, (byte)level, (byte)level));
}
