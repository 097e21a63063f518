using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Bench.Stages;

/// <summary>The last stage of the main job, one thread.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class PngEncodeStages
{
    private PngEncoder _encoder = null!;
    private IndexedImage _indexed = null!;

    [Params(16, 256)]
    public int K { get; set; }

    [Params(CompressionLevel.Fastest, CompressionLevel.Optimal)]
    public CompressionLevel Level { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _encoder = new PngEncoder(new PngEncoderOptions { CompressionLevel = Level, MaxDegreeOfParallelism = 1 });
        _indexed = new ColorQuantizer(new QuantizerOptions { K = K }).Quantize(Picture.Decode()).Image;
    }

    [Benchmark]
    public void EncodePng() => _encoder.Encode(_indexed, Stream.Null, CancellationToken.None);
}
