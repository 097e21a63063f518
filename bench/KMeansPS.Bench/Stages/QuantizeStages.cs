using BenchmarkDotNet.Attributes;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Bench.Stages;

/// <summary>Everything between the decoder and the encoder, two threads, time on the wall.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Wall))]
public class QuantizeStages
{
    private PixelImage _image = null!;
    private ColorQuantizer _quantizer = null!;

    [Params(QuantizerEffort.Fast, QuantizerEffort.Balanced)]
    public QuantizerEffort Effort { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _image = Picture.Decode();
        _quantizer = new ColorQuantizer(new QuantizerOptions { K = Palette.MaxCount, Effort = Effort }, new ParallelOptions { MaxDegreeOfParallelism = 2 });
    }

    [Benchmark]
    public QuantizedImage QuantizeAndMap() => _quantizer.Quantize(_image);
}
