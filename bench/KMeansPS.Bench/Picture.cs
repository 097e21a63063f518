using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Bench;

/// <summary>The picture that the stages are measured on: the one that KMEANSPS_BENCH_IMAGE names, else samples/retina.jpg.</summary>
internal static class Picture
{
    internal static byte[] File { get; } = System.IO.File.ReadAllBytes(
        Environment.GetEnvironmentVariable("KMEANSPS_BENCH_IMAGE") ?? FindSample("retina.jpg"));

    internal static PixelImage Decode() => new ImageReader(BuiltInCodecs.Decoders).Read(new MemoryStream(File)).Image;

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
