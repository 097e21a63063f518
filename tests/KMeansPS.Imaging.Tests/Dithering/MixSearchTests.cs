using System.Runtime.Intrinsics;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Dithering;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Dithering;

public class MixSearchTests
{
    public static MatrixTheoryData<int, bool> Cases => new([1, 2, 7, 8, 9, 60, 256], [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Find_IsWhatAPlainSearchFinds_TiesToTheLowest(int count, bool opaque)
    {
        var histogram = ColorHistogram.Of(Pictures.Random(60, 40, levels: 60, opaque, seed: count));
        var palette = new Palette(Pictures.Random(count, 1, levels: 12, opaque, seed: 7).Pixels.ToArray()); // entries of one colour are common
        var geometry = ColorGeometry.ForDithering(ColorSpace.Rgb, opaque);
        var (colors, entries) = (geometry.ToPoints(histogram.Colors), geometry.ToPoints(palette.Entries));
        byte[] nearest = Array.ConvertAll(new KMeans<float>().Assign(colors, entries).Cluster, entry => (byte)entry);
        var match = new PaletteMatch(histogram, palette, colors, entries, nearest);
        var search = new MixSearch(match);
        var found = Enumerable.Range(0, colors.Count).Select(search.Find).ToArray();
        Assert.Equal(Enumerable.Range(0, colors.Count).Select(color => Plain(match, color)), found);
        Assert.Equal(count > 1, found.Any(mix => mix.Share > 0));
    }

    private static (byte Other, float Share) Plain(PaletteMatch match, int color)
    {
        byte nearest = match.EntryOfColor[color];
        var offset = match.Colors[color] - match.Entries[nearest];
        (byte Other, float Share) best = (nearest, 0);
        float leastCost = Dot(offset, offset);
        for (int i = 0; i < match.Entries.Length; i++)
        {
            var way = match.Entries[i] - match.Entries[nearest];
            float square = Dot(way, way);
            float along = Dot(way, offset);
            if (along <= 0 || (match.MakesHole(color, i) && !match.MakesHole(color, nearest)))
            {
                continue;
            }

            float share = MathF.Min(along / square, 0.5f);
            var rest = offset - (way * share);
            float cost = Dot(rest, rest) + (0.25f * share * (1 - share) * square);
            if (cost < leastCost)
            {
                (leastCost, best) = (cost, ((byte)i, share));
            }
        }

        return best;
    }

    private static float Dot(Vector128<float> first, Vector128<float> second)
    {
        var products = first * second;
        return products[0] + products[1] + products[2] + products[3];
    }
}
