using System.Buffers.Binary;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

public sealed class PngDecoderTests
{
    private static readonly PngDecoder Decoder = new();

    public static TheoryData<string> Files => [.. TestData.Names("png", ".png")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfEveryColourTypeAndDepth_GivesWhatLibpngGives(string name)
    {
        var image = TestData.Decode(Decoder, TestData.Read("png", name));
        string expected = name.Replace("_i.png", ".rgba", StringComparison.Ordinal).Replace(".png", ".rgba", StringComparison.Ordinal);
        Assert.Equal((33, 9), (image.Width, image.Height));
        Assert.Equal(TestData.Read("png", expected), TestData.Bytes(image));
        Assert.Empty(image.Warnings);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    [InlineData(5, 3)]
    [InlineData(8, 8)]
    [InlineData(9, 17)]
    public void Decode_OfSmallInterlacedPictures_PutsEveryPixelInItsPlace(int width, int height)
    {
        // The passes as the standard draws them, as one digit for each pixel of an 8 x 8 square.
        string[] square = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];
        var rows = new List<byte>();
        for (char pass = '1'; pass <= '7'; pass++)
        {
            for (int y = 0; y < height; y++)
            {
                var row = from x in Enumerable.Range(0, width) where square[y % 8][x % 8] == pass select (byte)(x + 16 * y);
                if (row.Any())
                {
                    rows.Add(0);
                    rows.AddRange(row);
                }
            }
        }

        var image = TestData.Decode(Decoder, new PngBuilder().Header(width, height, 8, 0, interlace: 1).Pixels([.. rows]).End());
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Assert.Equal((byte)(x + 16 * y), image.Row(y)[x].G);
            }
        }
    }

    [Fact]
    public void Decode_Of16BitSamples_RoundsEveryValueToNearest()
    {
        for (int v = 0; v <= 65535; v++)
        {
            Assert.Equal((int)Math.Round(v * 255 / 65535.0, MidpointRounding.AwayFromZero), PngRowConverter.To8Bits(v));
        }
    }

    [Fact]
    public void Identify_ReadsSizeFromTheHeadAlone()
    {
        byte[] file = TestData.Read("png", "c3_b04.png");
        var stream = new MemoryStream(file[..33]);
        Assert.Equal(new ImageInfo("PNG", 33, 9), Decoder.Identify(stream, TestContext.Current.CancellationToken));
        Assert.True(Decoder.Recognizes(file.AsSpan(0, ImageReader.HeaderLength)));
        Assert.False(Decoder.Recognizes("GIF89a"u8));
        Assert.False(Decoder.Recognizes([]));
    }

    [Fact]
    public void Decode_OfStreamThatDoesNotStartAtZero_Works()
    {
        byte[] file = TestData.Read("png", "c6_b08.png");
        var stream = new MemoryStream([1, 2, 3, .. file]) { Position = 3 };
        Assert.Equal(TestData.Read("png", "c6_b08.rgba"), TestData.Bytes(Decoder.Decode(stream, new DecoderOptions(), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Decode_OfStreamThatGivesOneByteAtATime_Works()
    {
        byte[] file = TestData.Read("png", "c2_b16.png");
        using var stream = new TricklingStream(file);
        Assert.Equal(TestData.Read("png", "c2_b16.rgba"), TestData.Bytes(Decoder.Decode(stream, new DecoderOptions(), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Decode_WithDataAfterTheLastRowAndAfterIend_PassesOverThem()
    {
        byte[] file = [.. new PngBuilder().Header(1, 1, 8, 0).Pixels(0, 77, 1, 2, 3).Chunk("IDAT", [9, 9]).End(), 1, 2, 3];
        Assert.Equal(new Rgba(77, 77, 77), TestData.Decode(Decoder, file).Pixels[0]);
    }

    [Fact]
    public void Decode_WithUnknownAncillaryChunkOfWrongCrc_PassesOverIt()
    {
        byte[] file = new PngBuilder().Header(1, 1, 8, 0).Chunk("teST", [1, 2, 3], crcError: 1).Pixels(0, 77).End();
        var image = TestData.Decode(Decoder, file);
        Assert.Equal(new Rgba(77, 77, 77), image.Pixels[0]);
        Assert.Empty(image.Warnings);
    }

    [Fact]
    public void Decode_WithTransparencyOfWrongCrc_GivesOpaquePixelsAndAWarning()
    {
        byte[] file = new PngBuilder().Header(1, 1, 8, 0).Chunk("tRNS", [0, 77], crcError: 1).Pixels(0, 77).End();
        var image = TestData.Decode(Decoder, file);
        Assert.Equal(new Rgba(77, 77, 77), image.Pixels[0]);
        Assert.Contains("tRNS", Assert.Single(image.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_WithTransparencyLongerThanThePalette_GivesOpaquePixelsAndAWarning()
    {
        byte[] file = new PngBuilder().Header(1, 1, 8, 3).Chunk("PLTE", [1, 2, 3]).Chunk("tRNS", [0, 0]).Pixels(0, 0).End();
        var image = TestData.Decode(Decoder, file);
        Assert.Equal(new Rgba(1, 2, 3), image.Pixels[0]);
        Assert.Single(image.Warnings);
    }

    [Theory]
    [InlineData(8, 2)]
    [InlineData(2, 0xB0)]
    public void Decode_WithIndexPastThePalette_GivesBlackAndAWarning(int depth, byte row)
    {
        byte[] file = new PngBuilder().Header(1, 1, depth, 3).Chunk("PLTE", [1, 2, 3, 4, 5, 6]).Pixels(0, row).End();
        var image = TestData.Decode(Decoder, file);
        Assert.Equal(new Rgba(0, 0, 0), image.Pixels[0]);
        Assert.Single(image.Warnings);
    }

    [Fact]
    public void Decode_WithStrayBitsAfterTheLastPixel_GivesNoWarning()
    {
        byte[] file = new PngBuilder().Header(1, 1, 2, 3).Chunk("PLTE", [1, 2, 3, 4, 5, 6]).Pixels(0, 0x7F).End();
        var image = TestData.Decode(Decoder, file);
        Assert.Equal(new Rgba(4, 5, 6), image.Pixels[0]);
        Assert.Empty(image.Warnings);
    }

    [Theory]
    [InlineData("RGB ", true)]
    [InlineData("GRAY", false)]
    [InlineData("CMYK", false)]
    public void Decode_KeepsProfilesForRgbOnly(string colorSpace, bool isKept)
    {
        byte[] profile = Profile(colorSpace);
        byte[] file = new PngBuilder().Header(1, 1, 8, 2).Chunk("iCCP", [(byte)'x', 0, 0, .. PngBuilder.Deflate(profile)]).Pixels(0, 1, 2, 3).End();
        var image = TestData.Decode(Decoder, file);
        Assert.Equal(isKept ? profile : null, image.IccProfile);
        Assert.Equal(isKept ? 0 : 1, image.Warnings.Count);
        Assert.Equal(new Rgba(1, 2, 3), image.Pixels[0]);
    }

    [Fact]
    public void Decode_WithDamagedProfile_DropsItWithAWarning()
    {
        byte[] packed = PngBuilder.Deflate(Profile("RGB "));
        byte[] presetDictionary = [packed[0], (byte)(packed[1] | 0x20), .. packed[2..]];
        byte[] noise = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        byte[] shortOne = PngBuilder.Deflate(Profile("RGB ")[..150]);
        foreach (byte[] data in new byte[][] { [], [65], [65, 0], [65, 0, 0], [65, 0, 1, .. packed], [65, 0, 0, .. packed[..^9]], [65, 0, 0, .. presetDictionary], [65, 0, 0, .. noise], [65, 0, 0, .. shortOne] })
        {
            var image = TestData.Decode(Decoder, new PngBuilder().Header(1, 1, 8, 0).Chunk("iCCP", data).Pixels(0, 5).End());
            Assert.Null(image.IccProfile);
            Assert.Single(image.Warnings);
        }
    }

    [Fact]
    public void Decode_OfRowsLongerThanABand_Works()
    {
        const int width = 100_000;
        var random = new Random(1);
        byte[] rows = new byte[3 * (width + 1)];
        random.NextBytes(rows);
        rows[0] = rows[width + 1] = rows[2 * (width + 1)] = 2;
        var image = TestData.Decode(Decoder, new PngBuilder().Header(width, 3, 8, 0).Pixels(rows).End());
        for (int x = 0; x < width; x++)
        {
            Assert.Equal((byte)(rows[1 + x] + rows[width + 2 + x] + rows[2 * width + 3 + x]), image.Row(2)[x].R);
        }
    }

    [Fact]
    public void Decode_WhenCancelled_Ends()
    {
        byte[] file = TestData.Read("png", "c6_b08.png");
        Assert.ThrowsAny<OperationCanceledException>(() => Decoder.Decode(new MemoryStream(file), new DecoderOptions(), new CancellationToken(true)));
        Assert.ThrowsAny<OperationCanceledException>(() => Decoder.Identify(new MemoryStream(file), new CancellationToken(true)));
    }

    [Fact]
    public void Decode_WhenCancelledWhileReading_Ends()
    {
        byte[] rows = new byte[2001 * 2000];
        new Random(2).NextBytes(rows);
        for (int y = 0; y < 2000; y++)
        {
            rows[y * 2001] = 0;
        }

        using var source = new CancellationTokenSource();
        using var stream = new TricklingStream(new PngBuilder().Header(2000, 2000, 8, 0).Pixels(rows).End(), 4096, 100, source.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => Decoder.Decode(stream, new DecoderOptions(), source.Token));
        Assert.True(stream.Position < stream.Length / 2);
    }

    [Fact]
    public void Decode_WhenTheStreamFails_PassesItsExceptionOn()
    {
        byte[] file = TestData.Read("png", "c6_b08.png");
        using var stream = new TricklingStream(file, 16, 12, () => throw new IOException("The disk is gone."));
        Assert.Equal("The disk is gone.", Assert.Throws<IOException>(() => Decoder.Decode(stream, new DecoderOptions(), TestContext.Current.CancellationToken)).Message);
    }

    internal static byte[] Profile(string colorSpace)
    {
        var profile = new byte[300];
        new Random(3).NextBytes(profile);
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        System.Text.Encoding.ASCII.GetBytes(colorSpace).CopyTo(profile, 16);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        profile.AsSpan(64, 4).Clear(); // the rendering intent
        return profile;
    }
}
