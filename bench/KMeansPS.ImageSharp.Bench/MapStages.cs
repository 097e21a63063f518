using BenchmarkDotNet.Attributes;
using KMeansPS.Bench;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Quantization;

namespace KMeansPS.ImageSharp.Bench;

/// <summary>From a palette to the index of each pixel, dithered or not. The quantizer remembers colours, so each run has a new one.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class MapStages
{
    private Image<Rgba32> _image = null!;
    private IQuantizer<Rgba32> _quantizer = null!;

    [Params(16, 256)]
    public int K { get; set; }

    [Params("None", "FloydSteinberg", "Sierra")]
    public string Dithering { get; set; } = null!;

    [GlobalSetup]
    public void Setup() => _image = SingleThread.Decode(Picture.File);

    [IterationSetup]
    public void Prepare()
    {
        _quantizer = Wu.Create(K, Dithering switch
        {
            "FloydSteinberg" => KnownDitherings.FloydSteinberg,
            "Sierra" => KnownDitherings.Sierra3,
            _ => null,
        });
        _quantizer.BuildPalette(new ExtensivePixelSamplingStrategy(), _image);
    }

    [IterationCleanup]
    public void Drop() => _quantizer.Dispose();

    [Benchmark]
    public int Map()
    {
        using var mapped = _quantizer.QuantizeFrame(_image.Frames.RootFrame, _image.Bounds);
        return mapped.Width;
    }
}
