using FsCheck;
using FsCheck.Fluent;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public class ColorHistogramTests
{
    [Fact]
    public void Of_CountsEveryColorOnce()
    {
        var image = Pictures.Of(4, 2, new Rgba(1, 2, 3), new Rgba(1, 2, 3), new Rgba(0, 0, 0), new Rgba(1, 2, 3), new Rgba(255, 255, 255), new Rgba(1, 2, 3, 7), new Rgba(1, 2, 3, 7), new Rgba(0, 0, 0));

        var histogram = ColorHistogram.Of(image, TestContext.Current.CancellationToken);

        var counts = histogram.Colors.ToArray().Zip(histogram.Counts.ToArray()).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(new Dictionary<Rgba, int> { [new(1, 2, 3)] = 3, [new(0, 0, 0)] = 2, [new(255, 255, 255)] = 1, [new(1, 2, 3, 7)] = 2 }, counts);
        Assert.False(histogram.IsOpaque);
        Assert.Equal(8, histogram.PixelCount);
    }

    [Fact]
    public void Of_InvisibleColors_AreOne()
    {
        var histogram = ColorHistogram.Of(Pictures.Of(3, 1, new Rgba(9, 9, 9, 0), new Rgba(1, 2, 3, 0), new Rgba(0, 0, 0, 0)), TestContext.Current.CancellationToken);

        Assert.Equal([new Rgba(0, 0, 0, 0)], histogram.Colors.ToArray());
        Assert.Equal([3], histogram.Counts.ToArray());
    }

    [Fact]
    public void Of_AnyPicture_EqualsCountingWithADictionary()
    {
        Prop.ForAll(Pictures.Arbitrary(), image =>
        {
            var expected = image.Pixels.ToArray().Select(pixel => pixel.A == 0 ? default : pixel).CountBy(pixel => pixel).ToDictionary();
            var histogram = ColorHistogram.Of(image);
            var actual = histogram.Colors.ToArray().Zip(histogram.Counts.ToArray()).ToDictionary(pair => pair.First, pair => pair.Second);
            return expected.Count == actual.Count && expected.All(pair => actual.GetValueOrDefault(pair.Key) == pair.Value);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Of_ALargePicture_OnAnyNumberOfThreads_IsWhatADictionaryCounts(int threads)
    {
        var image = new PixelImage(2051, 1031); // more pixels than two tables are worth, and rows that end within a vector
        var random = new Random(5);
        foreach (ref var pixel in image.Pixels)
        {
            byte alpha = random.Next(2000) == 0 ? (byte)random.Next(256) : byte.MaxValue;
            pixel = new Rgba((byte)random.Next(40), (byte)random.Next(200, 256), (byte)random.Next(7), alpha);
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = TestContext.Current.CancellationToken };
        var histogram = ColorHistogram.Of(image, parallel);

        var expected = image.Pixels.ToArray().Select(pixel => pixel.A == 0 ? default : pixel).CountBy(pixel => pixel).ToDictionary();
        Assert.Equal(expected, histogram.Colors.ToArray().Zip(histogram.Counts.ToArray()).ToDictionary(pair => pair.First, pair => pair.Second));
        Assert.Equal(ColorHistogram.Of(image, TestContext.Current.CancellationToken).Colors, histogram.Colors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_ColorsOfManyPixels_CountsThemAll(int threads)
    {
        var image = new PixelImage(1024, 1100); // more pixels than two tables are worth
        int[] counts = [1, 127, 128, 254, 255, 256, 257, 509, 510, 511, 765, 766, 65535, 65536, 100_000];
        var expected = counts.Select((count, i) => (Color: new Rgba((byte)i, 7, 200), Count: count)).ToDictionary(pair => pair.Color, pair => pair.Count);
        expected[new Rgba(255, 255, 255)] = image.Pixels.Length - counts.Sum();
        Rgba[] pixels = [.. expected.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value))];
        new Random(3).Shuffle(pixels); // so that each thread has some of each
        pixels.CopyTo(image.Pixels);

        var histogram = ColorHistogram.Of(image, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = TestContext.Current.CancellationToken });

        Assert.Equal(expected, histogram.Colors.ToArray().Zip(histogram.Counts.ToArray()).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    [Fact]
    public void Map_EveryOpaqueColor_GivesItsOwnValue()
    {
        var image = new PixelImage(4096, 4096);
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = new Rgba((byte)i, (byte)(i >> 8), (byte)(i >> 16));
        }

        var histogram = ColorHistogram.Of(image, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken });
        static byte ValueOf(Rgba color) => (byte)((color.R * 5) ^ (color.G * 3) ^ color.B);
        var values = histogram.Map(image, Array.ConvertAll(histogram.Colors.ToArray(), ValueOf), new ParallelOptions());

        Assert.Equal(1 << 24, histogram.Count);
        Assert.Equal(-1, histogram.Counts.IndexOfAnyExcept(1));
        Assert.Equal(Array.ConvertAll(image.Pixels.ToArray(), ValueOf), values);
    }

    [Fact]
    public void Of_Cancelled_Stops()
    {
        Assert.Throws<OperationCanceledException>(() => ColorHistogram.Of(new PixelImage(10, 10), new CancellationToken(canceled: true)));
    }
}
