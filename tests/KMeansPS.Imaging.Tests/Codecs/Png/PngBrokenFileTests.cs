using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

public sealed class PngBrokenFileTests
{
    private static readonly PngDecoder Decoder = new();

    public static TheoryData<string> Files => PngDecoderTests.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfTruncatedFiles_SaysBroken(string name)
    {
        byte[] file = TestData.Read("png", name);
        BrokenFiles.BreaksWhenTruncated(Decoder, file, file.Length);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfFlippedBits_DecodesOrSaysTheFault(string name) =>
        BrokenFiles.SurvivesFlips(Decoder, TestData.Read("png", name), name.Length, 300, PngBuilder.RepairCrcs);

    [Fact]
    public void Decode_OfFlippedBitsInAProfile_DecodesOrSaysTheFault()
    {
        byte[] file = new PngBuilder().Header(2, 1, 8, 3)
            .Chunk("iCCP", [65, 0, 0, .. PngBuilder.Deflate(PngDecoderTests.Profile("RGB "))])
            .Chunk("PLTE", [1, 2, 3, 4, 5, 6]).Chunk("tRNS", [7]).Pixels(0, 1, 0).End();
        BrokenFiles.SurvivesFlips(Decoder, file, 5, 5000, PngBuilder.RepairCrcs);
    }

    [Fact]
    public void Decode_OfFlippedBitInACriticalChunk_SaysBroken()
    {
        byte[] file = TestData.Read("png", "c3_b08.png");
        for (int bit = 0; bit < 8 * 33; bit++)
        {
            byte[] damaged = file.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(ImageFault.Broken, BrokenFiles.FaultOf(Decoder, damaged)?.Fault);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(1, int.MinValue)]
    public void Decode_WithSizeThatCannotBe_SaysBroken(int width, int height) =>
        Expect(ImageFault.Broken, "cannot be", new PngBuilder().Header(width, height, 8, 0).Pixels(0, 1).End());

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 2)]
    [InlineData(16, 3)]
    [InlineData(8, 1)]
    [InlineData(8, 5)]
    [InlineData(8, 7)]
    [InlineData(0, 0)]
    [InlineData(32, 6)]
    public void Decode_WithKindThatCannotBe_SaysBroken(int depth, int colorType) =>
        Expect(ImageFault.Broken, "cannot be", new PngBuilder().Header(1, 1, depth, colorType).Pixels(0, 1).End());

    [Fact]
    public void Decode_WithUnknownMethods_SaysUnsupported()
    {
        Expect(ImageFault.Unsupported, "interlace method", new PngBuilder().Header(1, 1, 8, 0, interlace: 2).Pixels(0, 1).End());
        Expect(ImageFault.Unsupported, "compression method", new PngBuilder().Header(1, 1, 8, 0, compression: 1).Pixels(0, 1).End());
        Expect(ImageFault.Unsupported, "filter method", new PngBuilder().Header(1, 1, 8, 0, filter: 64).Pixels(0, 1).End());
        Expect(ImageFault.Unsupported, "teST".ToUpperInvariant(), new PngBuilder().Header(1, 1, 8, 0).Chunk("TEST", []).Pixels(0, 1).End());
        Expect(ImageFault.Unsupported, "CgBI", new PngBuilder().Chunk("CgBI", [0, 0, 0, 0]).Header(1, 1, 8, 0).Pixels(0, 1).End());
    }

    [Fact]
    public void Decode_OfChunksOutOfOrder_SaysBroken()
    {
        Expect(ImageFault.Broken, "instead of IHDR", new PngBuilder().Pixels(0, 1).Header(1, 1, 8, 0).End());
        Expect(ImageFault.Broken, "instead of IHDR", new PngBuilder().Chunk("tEXt", []).Header(1, 1, 8, 0).Pixels(0, 1).End());
        Expect(ImageFault.Broken, "second IHDR", new PngBuilder().Header(1, 1, 8, 0).Header(1, 1, 8, 0).Pixels(0, 1).End());
        Expect(ImageFault.Broken, "no IDAT", new PngBuilder().Header(1, 1, 8, 0).End());
        Expect(ImageFault.Broken, "no PLTE", new PngBuilder().Header(1, 1, 8, 3).Pixels(0, 0).Chunk("PLTE", [1, 2, 3]).End());
        Expect(ImageFault.Broken, "second PLTE", new PngBuilder().Header(1, 1, 8, 3).Chunk("PLTE", [1, 2, 3]).Chunk("PLTE", [1, 2, 3]).Pixels(0, 0).End());
        Expect(ImageFault.Broken, "after the IDAT", new PngBuilder().Header(1, 1, 8, 0).Pixels(0, 1).Chunk("PLTE", [1, 2, 3]).End());
        Expect(ImageFault.Broken, "follow one another", new PngBuilder().Header(1, 1, 8, 0).Pixels(0, 1).Chunk("tEXt", []).Pixels(0, 1).End());
        Expect(ImageFault.Broken, "before the IEND", new PngBuilder().Header(1, 1, 8, 0).Pixels(0, 1).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(771)]
    public void Decode_WithPaletteOfStrangeLength_SaysBroken(int length) =>
        Expect(ImageFault.Broken, "PLTE", new PngBuilder().Header(1, 1, 8, 3).Chunk("PLTE", new byte[length]).Pixels(0, 0).End());

    [Fact]
    public void Decode_OfPixelsThatAreDamaged_SaysBroken()
    {
        Expect(ImageFault.Broken, "filter type", new PngBuilder().Header(1, 1, 8, 0).Pixels(5, 1).End());
        Expect(ImageFault.Broken, "row 1", new PngBuilder().Header(1, 2, 8, 0).Pixels(0, 1).End());
        Expect(ImageFault.Broken, "compressed data", new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT", [1, 2, 3, 4, 5]).End());
        Expect(ImageFault.Broken, "compressed data", new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT", PngBuilder.Deflate([0, 1])[..4]).End());
        Expect(ImageFault.Broken, "preset dictionary", new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT", [0x78, 0xBB, 0, 0, 0, 0, 1]).End());
        Expect(ImageFault.Broken, "preset dictionary", new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT", [0x78]).Chunk("IDAT", [0xBB, 0, 0, 0, 0, 1]).End());
        Expect(ImageFault.Broken, "CRC of the IDAT", new PngBuilder().Header(1, 1, 8, 0).Chunk("IDAT", PngBuilder.Deflate([0, 1]), crcError: 1).End());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Decode_OfHugeClaim_SaysBrokenBeforeMemoryIsTaken(int interlace)
    {
        byte[] file = new PngBuilder().Header(30_000, 30_000, 8, 6, interlace).Pixels(new byte[100]).End();
        Expect(ImageFault.Broken, "too few for the 30000 x 30000", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => TestData.Decode(Decoder, file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Decode_OfMorePixelsThanTheLimit_SaysUnsupported()
    {
        byte[] file = TestData.Read("png", "c6_b08.png");
        var fault = Assert.Throws<ImageFormatException>(() => Decoder.Decode(new MemoryStream(file), new DecoderOptions { MaxPixels = 33 * 9 - 1 }, TestContext.Current.CancellationToken));
        Assert.Equal(ImageFault.Unsupported, fault.Fault);
        Assert.Equal("33 x 9 pixels are more than the limit of 296", fault.Reason);
        Decoder.Decode(new MemoryStream(file), new DecoderOptions { MaxPixels = 33 * 9 }, TestContext.Current.CancellationToken);

        byte[] huge = new PngBuilder().Header(int.MaxValue, int.MaxValue, 16, 6).Pixels(0).End();
        fault = Assert.Throws<ImageFormatException>(() => Decoder.Decode(new MemoryStream(huge), new DecoderOptions { MaxPixels = long.MaxValue }, TestContext.Current.CancellationToken));
        Assert.Equal(ImageFault.Unsupported, fault.Fault);
        byte[] wide = new PngBuilder().Header(Array.MaxLength, 1, 16, 6).Pixels(0).End();
        fault = Assert.Throws<ImageFormatException>(() => Decoder.Decode(new MemoryStream(wide), new DecoderOptions { MaxPixels = long.MaxValue }, TestContext.Current.CancellationToken));
        Assert.Equal(ImageFault.Unsupported, fault.Fault);
    }

    [Fact]
    public void Decode_OfFileChangedByTextTransfer_SaysSo()
    {
        byte[] file = TestData.Read("png", "c6_b08.png");
        byte[] changed = [.. file[..4], .. file[5..]];
        Assert.True(Decoder.Recognizes(changed));
        Expect(ImageFault.Broken, "line ends", changed);
    }

    private static void Expect(ImageFault kind, string reason, byte[] file)
    {
        var fault = Assert.Throws<ImageFormatException>(() => TestData.Decode(Decoder, file));
        Assert.Equal("PNG", fault.Format);
        Assert.Equal(kind, fault.Fault);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.InRange(fault.Offset, 0, file.Length);
    }
}
