using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Bench.Stages;

/// <summary>The last stage of the main job where time is spent on bytes, one thread: apart, since a large picture takes a minute.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class PngSmallestStages
{
    private PngEncoder _encoder = null!;
    private IndexedImage _indexed = null!;

    [Params(16, 256)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _encoder = new PngEncoder(new PngEncoderOptions { CompressionLevel = CompressionLevel.SmallestSize, MaxDegreeOfParallelism = 1 });
        _indexed = new ColorQuantizer(new QuantizerOptions { K = K }).Quantize(Picture.Decode()).Image;
    }

    [Benchmark]
    public void EncodePng() => _encoder.Encode(_indexed, Stream.Null, CancellationToken.None);
}
