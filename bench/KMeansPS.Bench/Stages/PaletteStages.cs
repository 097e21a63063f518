using BenchmarkDotNet.Attributes;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Bench.Stages;

/// <summary>
/// From pixels to a palette, one thread. Seeding and k-means are those of <see cref="KMeans{T}"/> over all distinct
/// colours; the palette is found in less, among the cells of coarse grids first.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class PaletteStages
{
    private readonly ParallelOptions _oneThread = new() { MaxDegreeOfParallelism = 1 };
    private PixelImage _image = null!;
    private ColorHistogram _histogram = null!;
    private PointSet<float> _colors = null!;
    private PointSet<float> _seeds = null!;
    private KMeans<float> _kmeans = null!;

    [Params(16, 256)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _image = Picture.Decode();
        _histogram = ColorHistogram.Of(_image);
        float[] values = [.. _histogram.Colors.ToArray().SelectMany(static color => (float[])[color.R, color.G, color.B])];
        _colors = new PointSet<float>(values, 3, Array.ConvertAll(_histogram.Counts.ToArray(), static count => (double)count));
        _kmeans = new KMeans<float>(null, _oneThread);
        _seeds = _kmeans.Seed(_colors, K);
    }

    [Benchmark]
    public ColorHistogram Histogram() => ColorHistogram.Of(_image);

    [Benchmark]
    public PointSet<float> Seed() => _kmeans.Seed(_colors, K);

    [Benchmark]
    public KMeansResult Fit() => _kmeans.Fit(_colors, _seeds);

    [Benchmark]
    public FoundPalette FindPaletteFast() => FindPalette(QuantizerEffort.Fast);

    [Benchmark]
    public FoundPalette FindPalette() => FindPalette(QuantizerEffort.Balanced);

    private FoundPalette FindPalette(QuantizerEffort effort) =>
        new ColorQuantizer(new QuantizerOptions { K = K, Effort = effort }, _oneThread).FindPalette(_histogram);
}
