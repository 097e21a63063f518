using System.IO.Compression;
using KMeansPS.Imaging.Codecs.Deflate;
using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

public sealed class IndexedLayoutTests
{
    private static ParallelOptions Parallel { get; } =
        new() { MaxDegreeOfParallelism = 1, CancellationToken = TestContext.Current.CancellationToken };

    /// <summary>Copies are long here whatever the filter, so that the bytes alone say nothing of it.</summary>
    [Theory]
    [InlineData(16, 600, 450, 40, 25, 0.01)]
    [InlineData(64, 900, 600, 90, 60, 0)]
    [InlineData(128, 600, 600, 70, 50, 0)]
    public void Choose_ForWaves_IsAsSmallAsTheBestFilter(int colors, int width, int height, double wide, double high, double skew)
    {
        var image = Waves(colors, width, height, wide, high, skew);
        var chosen = IndexedLayout.Choose(image, CompressionLevel.Optimal, Parallel);
        long best = Enum.GetValues<PngFilterType>().Min(filter => Length(chosen.Rows, Enumerable.Repeat(filter, height)));
        best = Math.Min(best, Length(new IndexedRows(image, PaletteOrder.Keep(image.Palette)), new PngFilterType[height]));
        Assert.InRange(Length(chosen.Rows, chosen.Filters), 1, best + (best / 50));
    }

    private static IndexedImage Waves(int colors, int width, int height, double wide, double high, double skew)
    {
        var indices = new byte[width * height];
        for (int i = 0; i < indices.Length; i++)
        {
            double sum = Math.Sin(i % width / wide) + Math.Sin((i / width / high) + (skew * (i % width)));
            indices[i] = (byte)((colors - 1) * (0.5 + (0.25 * sum)));
        }

        return new IndexedImage(width, height, new Palette([.. Enumerable.Range(0, colors).Select(Grey)]), indices);

        Rgba Grey(int i)
        {
            byte value = (byte)(255 * i / (colors - 1));
            return new Rgba(value, value, value, 255);
        }
    }

    private static long Length(IndexedRows rows, IEnumerable<PngFilterType> filters)
    {
        var stream = new MemoryStream();
        new ZlibWriter(new FilteredRows(rows, [.. filters]), CompressionLevel.Optimal, Parallel).Write(stream);
        return stream.Length;
    }
}
