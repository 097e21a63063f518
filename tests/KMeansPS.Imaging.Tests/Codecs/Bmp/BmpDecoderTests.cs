using System.Buffers.Binary;
using System.Numerics;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Bmp;
using KMeansPS.Imaging.Tests.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Bmp;

public sealed class BmpDecoderTests
{
    private static readonly BmpDecoder Decoder = new();

    private static readonly Rgba[] Sixteen = [.. Enumerable.Range(0, 16).Select(i => new Rgba((byte)(i * 16), (byte)(255 - i), (byte)i))];

    public static TheoryData<string> Files => [.. TestData.Names("bmp", ".bmp")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfFilesByOtherPrograms_GivesThePixelsThatTheyWrote(string name)
    {
        var image = TestData.Decode(Decoder, TestData.Read("bmp", name));
        Assert.Equal(TestData.Read("bmp", Path.ChangeExtension(name, ".rgba")), TestData.Bytes(image));
        Assert.Empty(image.Warnings);
    }

    [Theory]
    [InlineData(16, 40, 0x7C00u, 0x3E0u, 0x1Fu, 0u)]
    [InlineData(16, 40, 0xF800u, 0x7E0u, 0x1Fu, 0u)]
    [InlineData(16, 56, 0x0F00u, 0xF0u, 0x0Fu, 0xF000u)]
    [InlineData(16, 124, 0x7C00u, 0x3E0u, 0x1Fu, 0x8000u)]
    [InlineData(32, 52, 0xFF0000u, 0xFF00u, 0xFFu, 0u)]
    [InlineData(32, 108, 0xFF0000u, 0xFF00u, 0xFFu, 0xFF000000u)]
    [InlineData(32, 124, 0xFFu, 0xFF00u, 0xFF0000u, 0xFF000000u)]
    [InlineData(32, 124, 0x3FF00000u, 0xFFC00u, 0x3FFu, 0xC0000000u)]
    [InlineData(32, 56, 0xFFFFFFFFu, 0x1u, 0u, 0xFFFE0000u)]
    public void Decode_OfBitFields_ScalesEveryChannelToNearest(int bits, int headerLength, uint red, uint green, uint blue, uint alpha)
    {
        const int width = 37;
        var random = new Random(bits);
        int stride = (width * bits / 8 + 3) / 4 * 4;
        var data = new byte[2 * stride];
        random.NextBytes(data);
        uint[] masks = headerLength == 40 ? [red, green, blue] : [red, green, blue, alpha];
        var image = TestData.Decode(Decoder, new BmpBuilder(width, -2, bits) { HeaderLength = headerLength, Compression = 3, Masks = masks, Data = data }.ToArray());
        for (int y = 0; y < 2; y++)
        {
            for (int x = 0; x < width; x++)
            {
                var place = data.AsSpan(y * stride + x * bits / 8);
                uint pixel = bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(place) : BinaryPrimitives.ReadUInt32LittleEndian(place);
                var expected = new Rgba(Channel(pixel, red, 0), Channel(pixel, green, 0), Channel(pixel, blue, 0), Channel(pixel, alpha, 255));
                Assert.Equal(expected, image.Row(y)[x]);
            }
        }
    }

    [Fact]
    public void Decode_Of16Bits_TakesFiveForEachChannel()
    {
        var image = TestData.Decode(Decoder, new BmpBuilder(2, 1, 16) { Data = [0x1F, 0x7C, 0x04, 0x02] }.ToArray());
        Assert.Equal([new Rgba(255, 0, 255), new Rgba(0, 132, 33)], image.Pixels.ToArray());
    }

    [Fact]
    public void Decode_Of32BitsWithoutMask_IsOpaque()
    {
        var image = TestData.Decode(Decoder, new BmpBuilder(1, 1, 32) { Data = [1, 2, 3, 4] }.ToArray());
        Assert.Equal(new Rgba(3, 2, 1), image.Pixels[0]);
    }

    [Fact]
    public void Decode_OfAlphaBitFields_ReadsAlpha()
    {
        uint[] masks = [0xFF0000, 0xFF00, 0xFF, 0xFF000000];
        var image = TestData.Decode(Decoder, new BmpBuilder(1, 1, 32) { Compression = 6, Masks = masks, Data = [1, 2, 3, 4] }.ToArray());
        Assert.Equal(new Rgba(3, 2, 1, 4), image.Pixels[0]);
    }

    [Theory]
    [InlineData(2, new byte[] { 0, 0 }, new byte[] { 1, 0 })]
    [InlineData(-2, new byte[] { 1, 0 }, new byte[] { 0, 0 })]
    public void Decode_PutsTheFirstRowWhereItBelongs(int height, byte[] top, byte[] bottom)
    {
        // One pixel a row; the first row in the file has index 1.
        var image = TestData.Decode(Decoder, new BmpBuilder(1, height, 8) { Palette = [.. Sixteen], Data = [1, 0, 0, 0, 0, 0, 0, 0] }.ToArray());
        Assert.Equal(Sixteen[top[0]], image.Row(0)[0]);
        Assert.Equal(Sixteen[bottom[0]], image.Row(1)[0]);
    }

    [Fact]
    public void Decode_OfRle8_ReadsRunsAbsolutesDeltasAndEnds()
    {
        byte[] codes =
        [
            3, 5, 0, 3, 1, 2, 3, 0, 0, 0, // three of 5, then 1 2 3 and a filling byte; end of row
            0, 2, 2, 1, 2, 7, // two right, one up; two of 7
            0, 1,
        ];
        var image = TestData.Decode(Decoder, new BmpBuilder(7, 3, 8) { Compression = 1, Palette = Sixteen, Data = codes }.ToArray());
        Assert.Equal("0077000\n0000000\n5551230", Text(image));
    }

    [Fact]
    public void Decode_OfRle4_ReadsRunsAbsolutesDeltasAndEnds()
    {
        byte[] codes =
        [
            5, 0x12, 0, 0, // 1 2 1 2 1
            0, 5, 0x34, 0x56, 0x70, 0, 0, 0, // 3 4 5 6 7 and a filling byte
            0, 2, 1, 0, 1, 0xF0, 0, 1,
        ];
        var image = TestData.Decode(Decoder, new BmpBuilder(7, 3, 4) { Compression = 2, Palette = Sixteen, Data = codes }.ToArray());
        Assert.Equal("0F00000\n3456700\n1212100", Text(image));
    }

    [Fact]
    public void Decode_OfRunsWithoutTheLastCode_Works()
    {
        var image = TestData.Decode(Decoder, new BmpBuilder(2, 2, 8) { Compression = 1, Palette = Sixteen, Data = [2, 1, 0, 0, 2, 2] }.ToArray());
        Assert.Equal("22\n11", Text(image));
    }

    [Fact]
    public void Decode_OfRunsPastTheEndOfTheRow_CutsThemOffWithAWarning()
    {
        var image = TestData.Decode(Decoder, new BmpBuilder(2, 2, 8) { Compression = 1, Palette = Sixteen, Data = [9, 1, 0, 0, 2, 2, 0, 1] }.ToArray());
        Assert.Equal("22\n11", Text(image));
        Assert.Single(image.Warnings);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public void Decode_OfOs2Headers_Works(int headerLength)
    {
        var image = TestData.Decode(Decoder, new BmpBuilder(2, 1, 24) { HeaderLength = headerLength, Data = [1, 2, 3, 4, 5, 6, 0, 0] }.ToArray());
        Assert.Equal([new Rgba(3, 2, 1), new Rgba(6, 5, 4)], image.Pixels.ToArray());
    }

    [Fact]
    public void Decode_OfPaletteThatIsCutShort_GivesBlackAndAWarning()
    {
        var image = TestData.Decode(Decoder, new BmpBuilder(3, 1, 8) { Palette = Sixteen, ColorsUsed = 0, Data = [1, 15, 16, 0] }.ToArray());
        Assert.Equal([Sixteen[1], Sixteen[15], new Rgba(0, 0, 0)], image.Pixels.ToArray());
        Assert.Single(image.Warnings);
    }

    [Fact]
    public void Decode_WithoutPaddingOfTheLastRow_Works()
    {
        var image = TestData.Decode(Decoder, new BmpBuilder(1, 2, 24) { Data = [1, 2, 3, 0, 4, 5, 6] }.ToArray());
        Assert.Equal([new Rgba(6, 5, 4), new Rgba(3, 2, 1)], image.Pixels.ToArray());
    }

    [Fact]
    public void Identify_ReadsSizeFromTheHeadAlone()
    {
        byte[] file = new BmpBuilder(123, -45, 24).ToArray();
        Assert.Equal(new ImageInfo("BMP", 123, 45), Decoder.Identify(new MemoryStream(file), TestContext.Current.CancellationToken));
        Assert.True(Decoder.Recognizes(file));
        Assert.False(Decoder.Recognizes("PM"u8));
    }

    [Fact]
    public void Decode_WhenCancelled_Ends()
    {
        byte[] file = TestData.Read("bmp", "pillow_24.bmp");
        Assert.ThrowsAny<OperationCanceledException>(() => Decoder.Decode(new MemoryStream(file), new DecoderOptions(), new CancellationToken(true)));
        using var source = new CancellationTokenSource();
        using var stream = new TricklingStream(new BmpBuilder(1000, 1000, 24) { Data = new byte[3_000_000] }.ToArray(), 4096, 100, source.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => Decoder.Decode(stream, new DecoderOptions(), source.Token));
        Assert.True(stream.Position < stream.Length / 2);
    }

    // The definition, with exact integers.
    private static byte Channel(uint pixel, uint mask, byte absent)
    {
        if (mask == 0)
        {
            return absent;
        }

        int shift = BitOperations.TrailingZeroCount(mask);
        var max = (BigInteger)(mask >> shift);
        return (byte)((2 * ((BigInteger)((pixel & mask) >> shift) * 255) + max) / (2 * max));
    }

    private static string Text(PixelImage image) =>
        string.Join('\n', Enumerable.Range(0, image.Height).Select(y => string.Concat(image.Row(y).ToArray().Select(p => $"{p.B:X1}"))));
}
