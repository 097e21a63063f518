using System.Runtime.Intrinsics;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Dithering;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Dithering;

public class ErrorDiffusionTests
{
    // Columns ahead, rows below, share.
    private static readonly (int Dx, int Dy, float Share)[] FloydSteinberg =
        [(1, 0, 7 / 16f), (-1, 1, 3 / 16f), (0, 1, 5 / 16f), (1, 1, 1 / 16f)];

    private static readonly (int Dx, int Dy, float Share)[] Sierra =
    [
        (1, 0, 5 / 32f), (2, 0, 3 / 32f),
        (-2, 1, 2 / 32f), (-1, 1, 4 / 32f), (0, 1, 5 / 32f), (1, 1, 4 / 32f), (2, 1, 2 / 32f),
        (-1, 2, 2 / 32f), (0, 2, 3 / 32f), (1, 2, 2 / 32f),
    ];

    public static MatrixTheoryData<(int Width, int Height), int, bool, double> Cases =>
        new([(1, 9), (2, 5), (9, 1), (60, 40)], [1, 2, 16, 200], [true, false], [1, 0.3]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Dither_IsWhatPlainDiffusionGives((int Width, int Height) size, int count, bool opaque, double strength)
    {
        var image = Pictures.Random(size.Width, size.Height, levels: 60, opaque, seed: count);
        var entries = Pictures.Random(count, 1, levels: 12, opaque, seed: 7); // ties and entries of one colour are common
        var histogram = ColorHistogram.Of(image);
        var palette = new Palette(entries.Pixels.ToArray());
        var geometry = new ColorGeometry(ColorSpace.Rgb, opaque);
        var (colorPoints, entryPoints) = (geometry.ToPoints(histogram.Colors), geometry.ToPoints(palette.Entries));
        var match = new PaletteMatch(histogram, palette, colorPoints, entryPoints, new byte[histogram.Count]);
        var search = new PaletteSearch(match.Entries);
        byte[] entryOfColor = Array.ConvertAll(match.Colors, color => (byte)search.Nearest(color));
        match = new PaletteMatch(histogram, palette, colorPoints, entryPoints, entryOfColor);
        Assert.Equal(Plain(image, match, FloydSteinberg, strength), new ErrorDiffusion<FloydSteinbergKernel>(strength).Dither(image, match, new ParallelOptions()));
        Assert.Equal(Plain(image, match, Sierra, strength), new ErrorDiffusion<SierraKernel>(strength).Dither(image, match, new ParallelOptions()));
    }

    private static byte[] Plain(PixelImage image, PaletteMatch match, (int Dx, int Dy, float Share)[] taps, double strength)
    {
        var search = new PaletteSearch(match.Entries);
        var indices = new byte[image.Width * image.Height];
        var sums = new Dictionary<(int X, int Y), Vector128<float>>();
        var flatness = new float[image.Width];
        var rows = new Flatness(image, match);
        for (int y = 0; y < image.Height; y++)
        {
            var numbers = rows.MoveDown(flatness);
            int ahead = y % 2 == 0 ? 1 : -1;
            for (int x = ahead > 0 ? 0 : image.Width - 1; x >= 0 && x < image.Width; x += ahead)
            {
                int number = numbers[x];
                int entry = match.EntryOfColor[number];
                if (!match.IsSettled(number))
                {
                    var wanted = match.Colors[number] + sums.GetValueOrDefault((x, y));
                    wanted = match.IsOpaque(number) ? wanted.WithElement(3, match.Colors[number].GetElement(3)) : wanted;
                    int nearest = search.Nearest(wanted);
                    entry = match.MakesHole(number, nearest) ? entry : nearest;
                    var error = wanted - match.Entries[entry];
                    double toOther = match.Entries.Where(other => other != match.Entries[entry]).Select(other => Square(other - match.Entries[entry])).DefaultIfEmpty(0).Min();
                    float most = Math.Max(MeanSquare(match, entry), (float)(toOther / 4));
                    float square = (float)Square(error);
                    error *= square > most ? MathF.Sqrt(most / square) : 1;
                    error *= (float)strength * flatness[x];
                    foreach (var (dx, dy, share) in taps)
                    {
                        var place = (x + (ahead * dx), y + dy);
                        sums[place] = sums.GetValueOrDefault(place) + (error * share);
                    }
                }

                indices[(y * image.Width) + x] = (byte)entry;
            }
        }

        return indices;
    }

    // How far the colours of an entry are off it.
    private static float MeanSquare(PaletteMatch match, int entry)
    {
        var own = Enumerable.Range(0, match.Colors.Length).Where(i => match.EntryOfColor[i] == entry).ToArray();
        double pixels = own.Sum(i => (double)match.Histogram.Counts[i]);
        return (float)(own.Sum(i => match.Histogram.Counts[i] * Square(match.Colors[i] - match.Entries[entry])) / Math.Max(1, pixels));
    }

    private static double Square(Vector128<float> v) => Enumerable.Range(0, 4).Sum(i => (double)v.GetElement(i) * v.GetElement(i));
}
