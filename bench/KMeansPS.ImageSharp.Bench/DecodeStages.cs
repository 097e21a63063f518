using BenchmarkDotNet.Attributes;
using KMeansPS.Bench;

namespace KMeansPS.ImageSharp.Bench;

/// <summary>The stages of KMeansPS.Bench that bear the same names, by ImageSharp.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class DecodeStages
{
    private byte[] _png = null!;

    [GlobalSetup]
    public void Setup() => _png = Picture.ToPng();

    [Benchmark]
    public int Decode() => Decode(Picture.File);

    [Benchmark]
    public int DecodePng() => Decode(_png);

    private static int Decode(byte[] file)
    {
        using var image = SingleThread.Decode(file);
        return image.Width;
    }
}
