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
    [InlineData(new byte[] { 255, 7, 255 }, new byte[] { 7 })]
    [InlineData(new byte[] { 255, 255, 254 }, new byte[] { 254 })]
    public void Encode_OfIndices_WritesTransparencyOnlyOfEntriesThatHaveIt(byte[] alphas, byte[] expected)
    {
        var palette = new Palette([.. alphas.Select((alpha, i) => new Rgba((byte)i, 2, 3, alpha))]);
        byte[] file = Encode(new IndexedImage(3, 1, palette, [0, 1, 2]));
        Assert.Equal(expected, PngBuilder.ChunksOf(file).SingleOrDefault(c => c.Type == "tRNS").Data ?? []);
        Assert.Equal(palette, TestData.Decode(Decoder, file).Pixels.ToArray());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(250)]
    public void Encode_OfASmoothPicture_OrdersThePaletteForFilters(int colors)
    {
        var image = Gradient(300, 200, colors);
        var chunks = PngBuilder.ChunksOf(Encode(image));
        byte[] alphas = chunks.Single(c => c.Type == "tRNS").Data;
        Assert.Equal(image.Palette.Count(entry => entry.A < 255), alphas.Length);
        Assert.DoesNotContain((byte)255, alphas);
        byte[] plte = chunks.Single(c => c.Type == "PLTE").Data;
        Assert.Equal(
            image.Palette.Select(entry => (entry.R, entry.G, entry.B)).Order(),
            plte.Chunk(3).Select(rgb => (rgb[0], rgb[1], rgb[2])).Order());

        // The shuffled entries of a noisy gradient: deflate alone cannot see that they are neighbours.
        var theirs = new MemoryStream();
        using (var zlib = new ZLibStream(theirs, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(image.Indices);
        }

        int ours = chunks.Where(c => c.Type == "IDAT").Sum(c => c.Data.Length);
        Assert.True(ours < 0.9 * theirs.Length, $"{ours} bytes against {theirs.Length}");
    }

    [Fact]
    public void Encode_OnSeveralThreads_GivesTheBytesOfOne()
    {
        foreach (var level in Enum.GetValues<CompressionLevel>())
        {
            Assert.Equal(EncodeOn(1, level), EncodeOn(4, level));
        }

        static byte[] EncodeOn(int threads, CompressionLevel level)
        {
            var file = new MemoryStream();
            new PngEncoder(new PngEncoderOptions { CompressionLevel = level, MaxDegreeOfParallelism = threads })
                .Encode(Gradient(1300, 500, 30), file, TestContext.Current.CancellationToken);
            return file.ToArray();
        }
    }

    [Fact]
    public void Encode_CarriesTheProfileOver()
    {
        byte[] profile = PngDecoderTests.Profile("RGB ");
        var indexed = new IndexedImage(1, 1, new Palette([new Rgba(1, 2, 3, 4)]), [0]) { IccProfile = profile };
        Assert.Equal(["IHDR", "iCCP", "kmPS", "PLTE", "tRNS", "IDAT", "IEND"], PngBuilder.ChunksOf(Encode(indexed)).Select(c => c.Type));
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
        for (int i = 0; i < image.Indices.Length; i++)
        {
            Assert.Equal(image.Palette[image.Indices[i]], decoded.Pixels[i]);
        }
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

    // Noisy steps from left to right, whose entries are shuffled and have alpha at the left.
    private static IndexedImage Gradient(int width, int height, int colors)
    {
        var random = new Random(colors);
        int[] entryOfStep = [.. Enumerable.Range(0, colors)];
        random.Shuffle(entryOfStep);
        var palette = new Rgba[colors];
        for (int step = 0; step < colors; step++)
        {
            palette[entryOfStep[step]] = new Rgba((byte)(255 * step / colors), (byte)step, 9, step <= colors / 8 ? (byte)step : (byte)255);
        }

        var indices = new byte[width * height];
        for (int i = 0; i < indices.Length; i++)
        {
            int step = (i % width * colors / width) + random.Next(-2, 3);
            indices[i] = (byte)entryOfStep[Math.Clamp(step, 0, colors - 1)];
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
