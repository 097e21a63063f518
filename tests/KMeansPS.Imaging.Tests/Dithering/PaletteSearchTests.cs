using System.Runtime.Intrinsics;
using KMeansPS.Imaging.Dithering;

namespace KMeansPS.Imaging.Tests.Dithering;

public class PaletteSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(100)]
    [InlineData(256)]
    public void Nearest_IsWhatAPlainSearchFinds_TiesToTheLowest(int count)
    {
        // Few distinct values, so that ties are common.
        var random = new Random(count);
        Vector128<float> Point() => Vector128.Create(random.Next(6), random.Next(6), random.Next(6), (float)random.Next(3));
        var entries = Enumerable.Range(0, count).Select(_ => Point()).ToArray();
        var search = new PaletteSearch(entries);
        for (int i = 0; i < 5000; i++)
        {
            var point = Point();
            Assert.Equal(Plain(entries, point), search.Nearest(point));
        }
    }

    private static int Plain(Vector128<float>[] entries, Vector128<float> point)
    {
        int best = 0;
        for (int i = 1; i < entries.Length; i++)
        {
            best = Square(entries[i] - point) < Square(entries[best] - point) ? i : best;
        }

        return best;

        static float Square(Vector128<float> v) => Enumerable.Range(0, 4).Sum(j => v.GetElement(j) * v.GetElement(j));
    }
}
