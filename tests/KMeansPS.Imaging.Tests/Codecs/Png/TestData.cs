using System.Runtime.InteropServices;
using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

/// <summary>The files in the folder Data of this project.</summary>
internal static class TestData
{
    internal static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string found = Path.Combine(folder.FullName, "tests", "KMeansPS.Imaging.Tests", "Data", name);
            if (Directory.Exists(found))
            {
                return found;
            }
        }

        throw new DirectoryNotFoundException($"There is no Data/{name} above {AppContext.BaseDirectory}.");
    }

    internal static byte[] Read(string folder, string name) => File.ReadAllBytes(Path.Combine(Folder(folder), name));

    internal static IEnumerable<string> Names(string folder, params string[] endings) =>
        from path in Directory.EnumerateFiles(Folder(folder))
        where endings.Contains(Path.GetExtension(path))
        orderby path
        select Path.GetFileName(path);

    internal static PixelImage Decode(IImageDecoder decoder, byte[] file) =>
        decoder.Decode(new MemoryStream(file), new DecoderOptions(), TestContext.Current.CancellationToken);

    internal static byte[] Bytes(PixelImage image) => MemoryMarshal.AsBytes(image.Pixels).ToArray();
}
