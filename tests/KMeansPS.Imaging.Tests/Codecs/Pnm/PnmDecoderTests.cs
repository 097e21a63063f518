using System.Text;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Pnm;
using KMeansPS.Imaging.Tests.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Pnm;

public sealed class PnmDecoderTests
{
    private static readonly PnmDecoder Decoder = new();

    public static TheoryData<string> Files => [.. TestData.Names("pnm", ".pbm", ".pgm", ".ppm", ".pam")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfFilesByNetpbm_GivesWhatNetpbmScalesThemTo(string name)
    {
        var image = TestData.Decode(Decoder, TestData.Read("pnm", name));
        string expected = Path.GetFileNameWithoutExtension(name).Replace("_plain", "", StringComparison.Ordinal) + ".rgba";
        Assert.Equal((7, 5), (image.Width, image.Height));
        Assert.Equal(TestData.Read("pnm", expected), TestData.Bytes(image));
        Assert.True(Decoder.Recognizes(TestData.Read("pnm", name).AsSpan(0, 8)));
    }

    [Theory]
    [InlineData("P2 2 1 255 0 255", "000 255")]
    [InlineData("P2#c\n2\t1\r\n#d 9 9\n255\n0#e\n255#f", "000 255")]
    [InlineData("P2 2 1 3 1 2", "085 170")]
    [InlineData("P2 2 1 65535 128 129", "000 001")]
    [InlineData("P1 2 1 10", "000 255")]
    [InlineData("P1\n2 1\n1 0", "000 255")]
    [InlineData("P1 2 1#c\n1#c\n0rest", "000 255")]
    [InlineData("P5 2 1 255 AB", "065 066")]
    [InlineData("P5 2 1 255#c\nAB", "065 066")]
    [InlineData("P5 2 1 255\n#B", "035 066")]
    [InlineData("P4 2 1 \x40", "255 000")]
    [InlineData("P7\nWIDTH 2\nHEIGHT 1\n# c\n\nDEPTH 1\nMAXVAL 255\nENDHDR\nAB", "065 066")]
    public void Decode_ReadsHeadsWithSpaceAndComments(string file, string greys)
    {
        var image = TestData.Decode(Decoder, Encoding.Latin1.GetBytes(file));
        Assert.Equal(greys, string.Join(' ', image.Pixels.ToArray().Select(p => $"{p.G:D3}")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1023)]
    [InlineData(65535)]
    public void Decode_ScalesEverySampleToNearest(int max)
    {
        var file = new StringBuilder($"P2 {max + 1} 1 {max}\n");
        for (int v = 0; v <= max; v++)
        {
            file.Append(v).Append(' ');
        }

        var image = TestData.Decode(Decoder, Encoding.ASCII.GetBytes(file.ToString()));
        for (int v = 0; v <= max; v++)
        {
            Assert.Equal((int)Math.Round(v * 255m / max, MidpointRounding.AwayFromZero), image.Pixels[v].R);
        }
    }

    [Fact]
    public void Decode_OfSecondPictureInTheFile_PassesOverIt()
    {
        var image = TestData.Decode(Decoder, "P5 1 1 255 AP5 1 1 255 B"u8.ToArray());
        Assert.Equal(new Rgba(65, 65, 65), image.Pixels[0]);
    }

    [Fact]
    public void Identify_ReadsSizeFromTheHeadAlone()
    {
        Assert.Equal(new ImageInfo("PNM", 12, 34), Decoder.Identify(new MemoryStream("P6 12 34 255\n"u8.ToArray()), TestContext.Current.CancellationToken));
        Assert.Equal(new ImageInfo("PNM", 12, 34), Decoder.Identify(new MemoryStream("P4 12 34\n"u8.ToArray()), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Recognizes_NothingElse()
    {
        Assert.False(Decoder.Recognizes("P8 1"u8));
        Assert.False(Decoder.Recognizes("PK\u0003\u0004"u8));
        Assert.False(Decoder.Recognizes("P12"u8));
        Assert.False(Decoder.Recognizes("P"u8));
    }

    [Fact]
    public void Decode_WhenCancelled_Ends()
    {
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Decoder.Decode(new MemoryStream("P5 1 1 255 A"u8.ToArray()), new DecoderOptions(), new CancellationToken(true)));
        using var source = new CancellationTokenSource();
        using var stream = new TricklingStream([.. "P6 1000 1000 255\n"u8, .. new byte[3_000_000]], 4096, 100, source.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => Decoder.Decode(stream, new DecoderOptions(), source.Token));
        Assert.True(stream.Position < stream.Length / 2);
    }
}
