using BenchmarkDotNet.Attributes;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Bench.Stages;

/// <summary>The stages of the main job, one thread, each by itself.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig))]
public class PictureStages
{
    private readonly ParallelOptions _oneThread = new() { MaxDegreeOfParallelism = 1 };
    private PixelImage _image = null!;
    private ColorHistogram _histogram = null!;
    private ColorQuantizer _quantizer = null!;
    private Palette _palette = null!;

    [Params(16, 256)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _image = Picture.Decode();
        _histogram = ColorHistogram.Of(_image);
        _quantizer = new ColorQuantizer(new QuantizerOptions { K = K }, _oneThread);
        _palette = _quantizer.FindPalette(_histogram).Palette;
    }

    [Benchmark]
    public PixelImage Decode() => Picture.Decode();

    [Benchmark]
    public ColorHistogram Histogram() => ColorHistogram.Of(_image);

    [Benchmark]
    public FoundPalette FindPalette() => _quantizer.FindPalette(_histogram);

    [Benchmark]
    public QuantizedImage Map() => _quantizer.Map(_image, _histogram, _palette);
}
