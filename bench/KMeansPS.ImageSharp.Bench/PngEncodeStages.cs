using BenchmarkDotNet.Attributes;
using KMeansPS.Bench;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Quantization;

namespace KMeansPS.ImageSharp.Bench;

/// <summary>The quantized picture to an indexed PNG. ImageSharp keeps no indices, so that its encoder maps the colours once more.</summary>
[MemoryDiagnoser]
[Config(typeof(PerPixelConfig.Cpu))]
public class PngEncodeStages
{
    private Image<Rgba32> _image = null!;
    private PngEncoder _encoder = null!;

    [Params(16, 256)]
    public int K { get; set; }

    [Params(PngCompressionLevel.BestSpeed, PngCompressionLevel.DefaultCompression)]
    public PngCompressionLevel Level { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _image = SingleThread.Decode(Picture.File);
        using var wu = Wu.Create(K, dither: null);
        wu.BuildPalette(new ExtensivePixelSamplingStrategy(), _image);
        var palette = wu.Palette.ToArray().Select(static color => new Color(color)).ToArray();
        var quantizer = new PaletteQuantizer(palette, new QuantizerOptions { MaxColors = K, Dither = null });
        _image.Mutate(SingleThread.Configuration, context => context.Quantize(quantizer));
        _encoder = new PngEncoder { ColorType = PngColorType.Palette, BitDepth = K <= 16 ? PngBitDepth.Bit4 : PngBitDepth.Bit8, CompressionLevel = Level, Quantizer = quantizer };
    }

    [Benchmark]
    public void EncodePng() => _image.Save(Stream.Null, _encoder);
}
