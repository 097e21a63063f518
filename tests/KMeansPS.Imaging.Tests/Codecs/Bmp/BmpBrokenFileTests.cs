using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Bmp;
using KMeansPS.Imaging.Tests.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Bmp;

public sealed class BmpBrokenFileTests
{
    private static readonly BmpDecoder Decoder = new();

    public static TheoryData<string> Files => BmpDecoderTests.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfTruncatedFiles_SaysBroken(string name)
    {
        // The padding of the last row may be left out, and after the last run that counts its padding and two codes.
        byte[] file = TestData.Read("bmp", name);
        int width = name.Contains("1x1", StringComparison.Ordinal) ? 1 : name is "pillow_8_grey.bmp" or "pillow_32.bmp" ? 7 : 33;
        int rowLength = (width * file[file[14] == 12 ? 24 : 28] + 7) / 8;
        int needed = name.Contains("rle", StringComparison.Ordinal) ? file.Length - 6 : file.Length - (rowLength + 3) / 4 * 4 + rowLength;
        BrokenFiles.BreaksWhenTruncated(Decoder, file, needed);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfFlippedBits_DecodesOrSaysTheFault(string name)
    {
        byte[] file = TestData.Read("bmp", name);
        BrokenFiles.SurvivesFlips(Decoder, file, name.Length, 500);

        // The head is where flips do most.
        BrokenFiles.SurvivesFlips(Decoder, file[..Math.Min(file.Length, 200)], name.Length, 1000);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, int.MinValue)]
    public void Decode_WithSizeThatCannotBe_SaysBroken(int width, int height) =>
        Expect(ImageFault.Broken, "cannot be", new BmpBuilder(width, height, 24) { Data = new byte[8] });

    [Fact]
    public void Decode_OfHeadsThatLie_SaysBroken()
    {
        Expect(ImageFault.Broken, "cannot be", new BmpBuilder(1, 1, 7) { Data = new byte[8] });
        Expect(ImageFault.Broken, "cannot be", new BmpBuilder(1, 1, 24) { Compression = 1, Data = new byte[8] });
        Expect(ImageFault.Broken, "cannot be", new BmpBuilder(1, 1, 8) { Compression = 2, Palette = [default], Data = new byte[8] });
        Expect(ImageFault.Broken, "cannot be", new BmpBuilder(1, 1, 24) { Compression = 3, Masks = [1, 2, 4], Data = new byte[8] });
        Expect(ImageFault.Broken, "top to bottom", new BmpBuilder(1, -1, 8) { Compression = 1, Palette = [default], Data = new byte[8] });
        Expect(ImageFault.Broken, "no mask", new BmpBuilder(1, 1, 32) { Compression = 3, Masks = [5, 2, 4], Data = new byte[8] });
        Expect(ImageFault.Broken, "no mask", new BmpBuilder(1, 1, 16) { Compression = 3, Masks = [0x10000, 2, 4], Data = new byte[8] });
        Expect(ImageFault.Broken, "all zero", new BmpBuilder(1, 1, 32) { Compression = 3, Masks = [0, 0, 0], Data = new byte[8] });
        Expect(ImageFault.Broken, "within the header", new BmpBuilder(1, 1, 24) { PixelOffset = 20, Data = new byte[8] });
        Expect(ImageFault.Broken, "past the end", new BmpBuilder(1, 1, 24) { PixelOffset = 2000, Data = new byte[8] });
        Expect(ImageFault.Broken, "no palette", new BmpBuilder(1, 1, 8) { PixelOffset = 54, Data = new byte[8] });
        Expect(ImageFault.Broken, "within row 1", new BmpBuilder(2, 2, 8) { Compression = 1, Palette = [default], Data = [2, 0, 0, 0, 1, 0] });
        Expect(ImageFault.Broken, "within a run-length code", new BmpBuilder(2, 2, 8) { Compression = 1, Palette = [default], Data = [0, 3, 0] });
    }

    [Fact]
    public void Decode_OfKindsThatAreNotRead_SaysUnsupported()
    {
        Expect(ImageFault.Unsupported, "embedded JPEG", new BmpBuilder(1, 1, 0) { Compression = 4, Data = new byte[8] });
        Expect(ImageFault.Unsupported, "embedded PNG", new BmpBuilder(1, 1, 0) { Compression = 5, Data = new byte[8] });
        Expect(ImageFault.Unsupported, "compression 11", new BmpBuilder(1, 1, 24) { Compression = 11, Data = new byte[8] });
        Expect(ImageFault.Unsupported, "OS/2", new BmpBuilder(1, 1, 1) { HeaderLength = 64, Compression = 3, Palette = [default, default], Data = new byte[8] });
        Expect(ImageFault.Unsupported, "64 bits", new BmpBuilder(1, 1, 64) { Data = new byte[8] });
        Expect(ImageFault.Unsupported, "header of 200", new BmpBuilder(1, 1, 24) { HeaderLength = 200, Data = new byte[8] });
    }

    [Theory]
    [InlineData(24, 0u)]
    [InlineData(1, 0u)]
    [InlineData(8, 1u)]
    public void Decode_OfHugeClaim_SaysBrokenBeforeMemoryIsTaken(int bits, uint compression)
    {
        var file = new BmpBuilder(30_000, 30_000, bits) { Compression = compression, Palette = [default], Data = new byte[50] };
        Expect(ImageFault.Broken, "too few for the 30000 x 30000", file);
        byte[] bytes = file.ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => TestData.Decode(Decoder, bytes));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Decode_OfMorePixelsThanTheLimit_SaysUnsupported()
    {
        byte[] file = TestData.Read("bmp", "pillow_24.bmp");
        var fault = Assert.Throws<ImageFormatException>(() =>
            Decoder.Decode(new MemoryStream(file), new DecoderOptions { MaxPixels = 296 }, TestContext.Current.CancellationToken));
        Assert.Equal(ImageFault.Unsupported, fault.Fault);
        Assert.Equal("33 x 9 pixels are more than the limit of 296", fault.Reason);
    }

    private static void Expect(ImageFault kind, string reason, BmpBuilder file)
    {
        var fault = Assert.Throws<ImageFormatException>(() => TestData.Decode(Decoder, file.ToArray()));
        Assert.Equal("BMP", fault.Format);
        Assert.Equal(kind, fault.Fault);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }
}
