using FsCheck;
using FsCheck.Fluent;
using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Imaging.Tests;

/// <summary>Pictures for tests.</summary>
internal static class Pictures
{
    internal static PixelImage Of(int width, int height, params Rgba[] pixels)
    {
        var image = new PixelImage(width, height);
        pixels.CopyTo(image.Pixels);
        return image;
    }

    /// <summary>Small pictures of few or many colours, opaque or not, with runs of one colour.</summary>
    internal static Arbitrary<PixelImage> Arbitrary() => (
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 30)
        from levels in Gen.Elements(2, 5, 256)
        from opaque in Gen.Elements(true, false)
        from seed in Gen.Choose(0, int.MaxValue)
        select Random(width, height, levels, opaque, seed)).ToArbitrary();

    internal static PixelImage Random(int width, int height, int levels, bool opaque, int seed)
    {
        var random = new Random(seed);
        byte Level() => (byte)(random.Next(levels) * 255 / (levels - 1));
        var image = new PixelImage(width, height);
        var pixel = new Rgba(Level(), Level(), Level());
        foreach (ref var place in image.Pixels)
        {
            if (random.Next(3) > 0)
            {
                pixel = new Rgba(Level(), Level(), Level(), opaque ? (byte)255 : Level());
            }

            place = pixel;
        }

        return image;
    }

    internal static PixelImage Sample(string name)
    {
        using var stream = File.OpenRead(Repository.Sample(name));
        return new ImageReader(BuiltInCodecs.Decoders).Read(stream, cancellationToken: TestContext.Current.CancellationToken).Image;
    }

    /// <summary>The pixels that a person sees.</summary>
    internal static Rgba[] Show(IndexedImage image)
    {
        var pixels = new Rgba[image.Indices.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = image.Palette[image.Indices[i]];
        }

        return pixels;
    }
}
