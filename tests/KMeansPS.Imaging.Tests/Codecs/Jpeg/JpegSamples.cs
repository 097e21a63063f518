using System.Buffers.Binary;
using System.Text;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Jpeg;

namespace KMeansPS.Imaging.Tests.Codecs.Jpeg;

/// <summary>The files of Data/jpeg, the pixels that another program decoded from them, and small surgery on their segments.</summary>
internal static class JpegSamples
{
    private static readonly string Folder = FindFolder();

    internal static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.jpg").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    internal static IEnumerable<string> NamesWithPixels => Names.Where(name => ExpectedFile(name) is not null);

    internal static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".jpg"));

    internal static PixelImage Decode(byte[] file) => Decode(file, new DecoderOptions());

    internal static PixelImage Decode(byte[] file, DecoderOptions options)
    {
        using var stream = new MemoryStream(file, writable: false);
        return new JpegDecoder().Decode(stream, options, TestContext.Current.CancellationToken);
    }

    internal static ImageInfo Identify(byte[] file)
    {
        using var stream = new MemoryStream(file, writable: false);
        return new JpegDecoder().Identify(stream, TestContext.Current.CancellationToken);
    }

    internal static ImageFormatException Fault(byte[] file) => Assert.Throws<ImageFormatException>(() => Decode(file));

    /// <summary>The expected pixels: a binary PPM or PGM.</summary>
    internal static (int Width, int Height, Rgba[] Pixels) Expected(string name)
    {
        byte[] file = File.ReadAllBytes(ExpectedFile(name)!);
        int position = 0;
        string magic = Token(file, ref position);
        int width = int.Parse(Token(file, ref position), null);
        int height = int.Parse(Token(file, ref position), null);
        Assert.Equal("255", Token(file, ref position));
        var samples = file.AsSpan(position);
        var pixels = new Rgba[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = magic == "P5"
                ? new Rgba(samples[i], samples[i], samples[i])
                : new Rgba(samples[3 * i], samples[(3 * i) + 1], samples[(3 * i) + 2]);
        }

        return (width, height, pixels);
    }

    /// <summary>The offset of the first marker of a kind, segment by segment from the start.</summary>
    internal static int Find(byte[] file, byte marker)
    {
        int position = 2;
        while (file[position + 1] != marker)
        {
            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(position + 2));
        }

        return position;
    }

    /// <summary>A copy with a segment put in front of everything but SOI.</summary>
    internal static byte[] WithSegment(byte[] file, byte marker, params byte[] content)
    {
        byte[] head = [Marker.Prefix, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)];
        return Splice(file, 2, 0, [.. head, .. content]);
    }

    /// <summary>A copy in which some bytes are replaced by others.</summary>
    internal static byte[] Splice(byte[] file, int offset, int removed, params byte[] added) =>
        [.. file[..offset], .. added, .. file[(offset + removed)..]];

    private static string? ExpectedFile(string name) =>
        new[] { ".ppm", ".pgm" }.Select(ending => Path.Combine(Folder, name + ending)).FirstOrDefault(File.Exists);

    // A single white-space character ends each field, and there are no comments.
    private static string Token(byte[] file, ref int position)
    {
        int start = position;
        while (file[position] > ' ')
        {
            position++;
        }

        return Encoding.ASCII.GetString(file, start, position++ - start);
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "Data", "jpeg");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("The folder Data/jpeg lies neither beside the tests nor above them.");
    }
}
