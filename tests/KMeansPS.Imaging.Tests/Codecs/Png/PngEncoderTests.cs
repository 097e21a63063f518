using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

public sealed class PngEncoderTests
{
    private static readonly PngDecoder Decoder = new();

    private static readonly Gen<(int Width, int Height, int Colors, int Seed)> Pictures =
        from width in Gen.Choose(1, 150)
        from height in Gen.Choose(1, 30)
        from colors in Gen.OneOf(Gen.Choose(1, 17), Gen.Choose(1, 256))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select (width, height, colors, seed);

    [Fact]
    public void Decode_OfEncodedIndices_IsIdentity() =>
        Prop.ForAll(Pictures.ToArbitrary(), p =>
        {
            var image = Indexed(p.Width, p.Height, p.Colors, p.Seed);
            var decoded = TestData.Decode(Decoder, Encode(image));
            Assert.Equal((p.Width, p.Height), (decoded.Width, decoded.Height));
            for (int i = 0; i < image.Indices.Length; i++)
            {
                Assert.Equal(image.Palette[image.Indices[i]], decoded.Pixels[i]);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_OfEncodedPixels_IsIdentity() =>
        Prop.ForAll(Pictures.ToArbitrary(), p =>
        {
            var image = Noise(p.Width, p.Height, p.Seed, isOpaque: p.Colors % 2 == 0);
            Assert.Equal(TestData.Bytes(image), TestData.Bytes(TestData.Decode(Decoder, Encode(image))));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(5, 4)]
    [InlineData(16, 4)]
    [InlineData(17, 8)]
    [InlineData(256, 8)]
    public void Encode_OfIndices_TakesTheLeastDepthThatHoldsThePalette(int colors, int depth)
    {
        var header = PngBuilder.ChunksOf(Encode(Indexed(5, 5, colors, 1)))[0];
        Assert.Equal("IHDR", header.Type);
        Assert.Equal(depth, header.Data[8]);
        Assert.Equal(3, header.Data[9]);
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255 }, new byte[0])]
    [InlineData(new byte[] { 0, 255, 255 }, new byte[] { 0 })]
    [InlineData(new byte[] { 255, 7, 255 }, new byte[] { 255, 7 })]
    [InlineData(new byte[] { 1, 255, 254 }, new byte[] { 1, 255, 254 })]
    public void Encode_OfIndices_WritesTransparencyNoLongerThanNeeded(byte[] alphas, byte[] expected)
    {
        var palette = new Palette([.. alphas.Select(a => new Rgba(1, 2, 3, a))]);
        var chunks = PngBuilder.ChunksOf(Encode(new IndexedImage(3, 1, palette, [0, 1, 2])));
        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2, 3], chunks.Single(c => c.Type == "PLTE").Data);
        Assert.Equal(expected, chunks.SingleOrDefault(c => c.Type == "tRNS").Data ?? []);
    }

    [Fact]
    public void Encode_CarriesTheProfileOver()
    {
        byte[] profile = PngDecoderTests.Profile("RGB ");
        var indexed = new IndexedImage(1, 1, new Palette([new Rgba(1, 2, 3, 4)]), [0]) { IccProfile = profile };
        Assert.Equal(["IHDR", "iCCP", "tEXt", "PLTE", "tRNS", "IDAT", "IEND"], PngBuilder.ChunksOf(Encode(indexed)).Select(c => c.Type));
        Assert.Equal(profile, TestData.Decode(Decoder, Encode(indexed)).IccProfile);

        var pixels = new PixelImage(1, 1) { IccProfile = profile };
        pixels.Pixels[0] = new Rgba(1, 2, 3);
        Assert.Equal(["IHDR", "iCCP", "IDAT", "IEND"], PngBuilder.ChunksOf(Encode(pixels)).Select(c => c.Type));
        Assert.Equal(profile, TestData.Decode(Decoder, Encode(pixels)).IccProfile);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 6)]
    public void Encode_OfPixels_WritesAlphaOnlyWhereItIsNeeded(bool isOpaque, byte colorType) =>
        Assert.Equal(colorType, PngBuilder.ChunksOf(Encode(Noise(9, 9, 1, isOpaque)))[0].Data[9]);

    [Fact]
    public void Encode_OfLargePicture_CutsItIntoChunks()
    {
        var image = Noise(600, 600, 1, isOpaque: true);
        byte[] file = Encode(image);
        Assert.True(PngBuilder.ChunksOf(file).Count(c => c.Type == "IDAT") > 2);
        Assert.Equal(TestData.Bytes(image), TestData.Bytes(TestData.Decode(Decoder, file)));
    }

    [Fact]
    public void Encode_OfRowsLongerThanABand_Works()
    {
        var image = Indexed(70_001 * 8, 2, 2, 1);
        var decoded = TestData.Decode(Decoder, Encode(image));
        for (int i = 0; i < image.Indices.Length; i++)
        {
            if (image.Palette[image.Indices[i]] != decoded.Pixels[i])
            {
                Assert.Fail($"Pixel {i} differs.");
            }
        }
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Encode_AtEveryLevel_GivesTheSamePixels(CompressionLevel level)
    {
        var image = Indexed(200, 90, 16, 7);
        var file = new MemoryStream();
        new PngEncoder(new PngEncoderOptions { CompressionLevel = level }).Encode(image, file, TestContext.Current.CancellationToken);
        var decoded = TestData.Decode(Decoder, file.ToArray());
        Assert.Equal(image.Palette[image.Indices[17_999]], decoded.Pixels[17_999]);
    }

    [Fact]
    public void Encode_Twice_GivesTheSameBytes()
    {
        Assert.Equal(Encode(Indexed(64, 64, 9, 3)), Encode(Indexed(64, 64, 9, 3)));
        Assert.Equal(Encode(Noise(64, 64, 3, true)), Encode(Noise(64, 64, 3, true)));
    }

    [Fact]
    public void Encode_ToStreamThatOnlyWrites_Works()
    {
        var image = Indexed(64, 64, 9, 3);
        var file = new MemoryStream();
        using (var pipe = new GZipStream(file, CompressionLevel.NoCompression, leaveOpen: true))
        {
            new PngEncoder().Encode(image, pipe, TestContext.Current.CancellationToken);
        }

        using var unpacked = new GZipStream(new MemoryStream(file.ToArray()), CompressionMode.Decompress);
        var copy = new MemoryStream();
        unpacked.CopyTo(copy);
        Assert.Equal(Encode(image), copy.ToArray());
    }

    [Fact]
    public void Encode_WhenCancelled_Ends()
    {
        var cancelled = new CancellationToken(true);
        Assert.ThrowsAny<OperationCanceledException>(() => new PngEncoder().Encode(Indexed(9, 9, 9, 1), new MemoryStream(), cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => new PngEncoder().Encode(Noise(9, 9, 1, true), new MemoryStream(), cancelled));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_WhenCancelledWhileWriting_EndsAndWritesNoMore(bool isIndexed)
    {
        using var source = new CancellationTokenSource();
        using var stream = new CancellingStream(source, 200_000);
        var encoder = new PngEncoder();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            if (isIndexed)
            {
                encoder.Encode(Indexed(1000, 1000, 256, 1), stream, source.Token);
            }
            else
            {
                encoder.Encode(Noise(1000, 1000, 1, true), stream, source.Token);
            }
        });
        Assert.True(stream.Length < 400_000);
    }

    [Fact]
    public void Name_And_Extension_AreThoseOfPng()
    {
        var encoder = new PngEncoder();
        Assert.Equal(("PNG", ".png"), (encoder.Name, encoder.FileExtension));
    }

    private static byte[] Encode(IndexedImage image)
    {
        var file = new MemoryStream();
        new PngEncoder().Encode(image, file, TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static byte[] Encode(PixelImage image)
    {
        var file = new MemoryStream();
        new PngEncoder().Encode(image, file, TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private static IndexedImage Indexed(int width, int height, int colors, int seed)
    {
        var random = new Random(seed);
        var palette = new Rgba[colors];
        foreach (ref var entry in palette.AsSpan())
        {
            int value = random.Next();
            entry = new Rgba((byte)value, (byte)(value >> 8), (byte)(value >> 16), random.Next(2) == 0 ? (byte)255 : (byte)random.Next(256));
        }

        var indices = new byte[width * height];
        foreach (ref byte index in indices.AsSpan())
        {
            index = (byte)random.Next(colors);
        }

        return new IndexedImage(width, height, new Palette(palette), indices);
    }

    // Smooth in part, so that every filter is chosen somewhere.
    private static PixelImage Noise(int width, int height, int seed, bool isOpaque)
    {
        var random = new Random(seed);
        var image = new PixelImage(width, height);
        for (int y = 0; y < height; y++)
        {
            int kind = random.Next(5);
            for (int x = 0; x < width; x++)
            {
                int value = kind switch
                {
                    0 => random.Next(256),
                    1 => 3 * x,
                    2 => y > 0 ? image.Row(y - 1)[x].R : 9,
                    3 => x > 0 && y > 0 ? (image.Row(y)[x - 1].R + image.Row(y - 1)[x].R) / 2 : 8,
                    _ => x + y + random.Next(2),
                };
                image.Row(y)[x] = new Rgba((byte)value, (byte)(value + 9), (byte)random.Next(4), isOpaque ? (byte)255 : (byte)(254 - random.Next(9)));
            }
        }

        return image;
    }

    private sealed class CancellingStream(CancellationTokenSource source, int length) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer.ToArray(), 0, buffer.Length);
            if (Length > length)
            {
                source.Cancel();
            }
        }
    }
}
