using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors.Dithering;
using SixLabors.ImageSharp.Processing.Processors.Quantization;

namespace KMeansPS.ImageSharp.Bench;

/// <summary>ImageSharp's quantizer of the best quality.</summary>
internal static class Wu
{
    internal static IQuantizer<Rgba32> Create(int k, IDither? dither) =>
        new WuQuantizer(new QuantizerOptions { MaxColors = k, Dither = dither }).CreatePixelSpecificQuantizer<Rgba32>(SingleThread.Configuration);
}
