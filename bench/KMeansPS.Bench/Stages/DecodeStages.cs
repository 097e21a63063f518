using BenchmarkDotNet.Attributes;
using KMeansPS.Imaging;

namespace KMeansPS.Bench.Stages;

/// <summary>The first stage of the main job, one thread: the picture's own file, and the same picture as PNG.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class DecodeStages
{
    private byte[] _png = null!;

    [GlobalSetup]
    public void Setup() => _png = Picture.ToPng();

    [Benchmark]
    public PixelImage Decode() => Picture.Decode();

    [Benchmark]
    public PixelImage DecodePng() => Picture.Decode(_png);
}
