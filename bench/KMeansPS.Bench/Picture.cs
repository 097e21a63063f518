using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Bench;

/// <summary>The picture that the stages are measured on: the one that KMEANSPS_BENCH_IMAGE names, else samples/retina.jpg.</summary>
internal static class Picture
{
    internal static byte[] File { get; } = System.IO.File.ReadAllBytes(
        Environment.GetEnvironmentVariable("KMEANSPS_BENCH_IMAGE") ?? FindSample("retina.jpg"));

    internal static PixelImage Decode() => Decode(File);

    internal static PixelImage Decode(byte[] file) => new ImageReader(BuiltInCodecs.Decoders).Read(new MemoryStream(file)).Image;

    /// <summary>The same picture as a PNG of true colour.</summary>
    internal static byte[] ToPng()
    {
        var png = new MemoryStream();
        new PngEncoder().Encode(Decode(), png, CancellationToken.None);
        return png.ToArray();
    }

    internal static long PixelCount => new ImageReader(BuiltInCodecs.Decoders).Identify(new MemoryStream(File)).PixelCount;

    private static string FindSample(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string found = Path.Combine(folder.FullName, "samples", name);
            if (System.IO.File.Exists(found))
            {
                return found;
            }
        }

        throw new FileNotFoundException($"There is no samples/{name} above {AppContext.BaseDirectory}.");
    }
}
