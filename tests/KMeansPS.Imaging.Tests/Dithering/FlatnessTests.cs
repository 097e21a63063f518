using KMeansPS.Imaging.Dithering;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Dithering;

public class FlatnessTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(5, 1)]
    [InlineData(16, 4)]
    [InlineData(37, 23)]
    public void MoveDown_IsTheSquaredShareOfNeighboursWithTheSameEntry_EdgesRepeated(int width, int height)
    {
        var random = new Random(width);
        var image = new PixelImage(width, height);
        foreach (ref var pixel in image.Pixels)
        {
            byte grey = (byte)(random.Next(3) * 90);
            pixel = new Rgba(grey, grey, grey, 255);
        }

        var histogram = ColorHistogram.Of(image);
        var palette = new Palette([new Rgba(10, 10, 10, 255), new Rgba(120, 120, 120, 255)]);
        byte[] entryOfColor = [.. histogram.Colors.ToArray().Select(color => (byte)(color.R < 50 ? 0 : 1))];
        var points = new PointSet<float>(histogram.Colors.ToArray().SelectMany(color => new float[] { color.R, color.G, color.B }).ToArray(), 3);
        var match = new PaletteMatch(histogram, palette, points, points, entryOfColor);
        var flatness = new float[width];
        for (int first = 0; first < height; first += 3)
        {
            var rows = new Flatness(image, match, first);
            for (int y = first; y < height; y++)
            {
                var numbers = rows.MoveDown(flatness);
                for (int x = 0; x < width; x++)
                {
                    Assert.Equal(image.Row(y)[x], histogram.Colors[numbers[x]]);
                    Assert.Equal(Expected(image, x, y), flatness[x]);
                }
            }
        }
    }

    private static float Expected(PixelImage image, int x, int y)
    {
        bool IsDark(int x, int y) => image.Row(Math.Clamp(y, 0, image.Height - 1))[Math.Clamp(x, 0, image.Width - 1)].R < 50;
        int same = Enumerable.Range(0, 9).Count(at => at != 4 && IsDark(x + (at % 3) - 1, y + (at / 3) - 1) == IsDark(x, y));
        return same * same / 64f;
    }
}
