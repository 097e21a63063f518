using BenchmarkDotNet.Attributes;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Dithering;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Bench.Stages;

/// <summary>From a palette to the index of each pixel, dithered or not, one thread.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class MapStages
{
    private PixelImage _image = null!;
    private ColorHistogram _histogram = null!;
    private Palette _palette = null!;

    [Params(16, 256)]
    public int K { get; set; }

    [Params(DitheringMethod.None, DitheringMethod.FloydSteinberg, DitheringMethod.Sierra, DitheringMethod.BlueNoise)]
    public DitheringMethod Dithering { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _image = Picture.Decode();
        _histogram = ColorHistogram.Of(_image);
        _palette = new ColorQuantizer(new QuantizerOptions { K = K, Effort = QuantizerEffort.Fast }).FindPalette(_histogram).Palette;
    }

    [Benchmark]
    public QuantizedImage Map() =>
        new ColorQuantizer(new QuantizerOptions { K = K, Dithering = Dithering }, new ParallelOptions { MaxDegreeOfParallelism = 1 }).Map(_image, _histogram, _palette);
}
