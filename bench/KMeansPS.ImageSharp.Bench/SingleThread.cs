using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.PixelFormats;

namespace KMeansPS.ImageSharp.Bench;

/// <summary>ImageSharp on one thread.</summary>
internal static class SingleThread
{
    internal static Configuration Configuration { get; } = Create();

    internal static Image<Rgba32> Decode(byte[] file) => Image.Load<Rgba32>(new DecoderOptions { Configuration = Configuration }, file);

    private static Configuration Create()
    {
        var configuration = Configuration.Default.Clone();
        configuration.MaxDegreeOfParallelism = 1;
        return configuration;
    }
}
