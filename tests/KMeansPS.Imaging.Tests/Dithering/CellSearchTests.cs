using System.Runtime.Intrinsics;
using KMeansPS.Imaging.Dithering;

namespace KMeansPS.Imaging.Tests.Dithering;

public class CellSearchTests
{
    [Theory]
    [InlineData(1, 1, 255, 0)]
    [InlineData(64, 1, 255, 0)]
    [InlineData(65, 1, 30, 0)]
    [InlineData(100, 1, 3, 0)]
    [InlineData(100, 1, 1, 0)]
    [InlineData(256, 1, 255, 0)]
    [InlineData(256, 0.3f, 255, 0)]
    [InlineData(256, 1.7f, 255, 0)]
    [InlineData(256, 1, 255, 3)]
    public void Nearest_IsWhatTheWholeSearchFinds(int count, float scale, int range, int alphas)
    {
        // Whole numbers, so that ties and borders of cells are common; points outside the box of the colours too.
        var random = new Random(count + range);
        Vector128<float> Point(int from, int to) =>
            Vector128.Create((float)random.Next(from, to), random.Next(from, to), random.Next(from, to), random.Next(alphas + 1)) * scale;
        var entries = Enumerable.Range(0, count).Select(_ => Point(0, range + 1)).ToArray();
        Vector128<float>[] colors = [.. Enumerable.Range(0, 500).Select(_ => Point(0, range + 1))];
        var whole = new PaletteSearch(entries);
        var search = new CellSearch(entries, colors);
        for (int i = 0; i < 50_000; i++)
        {
            var point = i % 2 == 0 ? Point(-20, range + 20) : colors[i % colors.Length] + (Point(-9, 9) * 0.37f);
            Assert.Equal(whole.Nearest(point), search.Nearest(point));
        }
    }
}
