using BenchmarkDotNet.Attributes;
using KMeansPS.Bench;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors.Quantization;

namespace KMeansPS.ImageSharp.Bench;

/// <summary>Histogram and palette by Wu's method.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class PaletteStages
{
    private Image<Rgba32> _image = null!;

    [Params(16, 256)]
    public int K { get; set; }

    [GlobalSetup]
    public void Setup() => _image = SingleThread.Decode(Picture.File);

    [Benchmark]
    public int FindPalette()
    {
        using var quantizer = Wu.Create(K, dither: null);
        quantizer.BuildPalette(new ExtensivePixelSamplingStrategy(), _image);
        return quantizer.Palette.Length;
    }
}
