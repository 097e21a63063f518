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

    [Fact]
    public void Of_Cancelled_Stops()
    {
        Assert.Throws<OperationCanceledException>(() => ColorHistogram.Of(new PixelImage(10, 10), new CancellationToken(canceled: true)));
    }
}
