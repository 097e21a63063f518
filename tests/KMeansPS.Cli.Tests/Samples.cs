using System.Reflection;

namespace KMeansPS.Cli.Tests;

/// <summary>Pictures and points for tests.</summary>
internal static class Samples
{
    private static readonly string Folder = typeof(Samples).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "SamplesFolder").Value!;

    /// <summary>Copies a sample of the repository.</summary>
    internal static void Copy(string sample, TemporaryFolder folder, string? name = null) =>
        File.Copy(Path.Combine(Folder, sample), folder.File(name ?? sample));

    /// <summary>Writes a small picture of 256 colours.</summary>
    internal static void WritePicture(TemporaryFolder folder, string name)
    {
        var pixels = new byte[16 * 16 * 3];
        for (int i = 0; i < 256; i++)
        {
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = ((byte)i, (byte)(i * 7), (byte)(255 - i));
        }

        File.WriteAllBytes(folder.File(name), [.. "P6\n16 16\n255\n"u8, .. pixels]);
    }
}
