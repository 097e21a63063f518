using System.Text;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Pnm;
using KMeansPS.Imaging.Tests.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Pnm;

public sealed class PnmBrokenFileTests
{
    private static readonly PnmDecoder Decoder = new();

    public static TheoryData<string> Files => PnmDecoderTests.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfTruncatedFiles_SaysBroken(string name)
    {
        byte[] file = TestData.Read("pnm", name);
        if (!name.Contains("_plain", StringComparison.Ordinal))
        {
            BrokenFiles.BreaksWhenTruncated(Decoder, file, file.Length);
            return;
        }

        // A number that is cut off may still be a number: what is sure is that a sample too few is a fault.
        string text = Encoding.ASCII.GetString(file).TrimEnd();
        int needed = name.EndsWith(".pbm", StringComparison.Ordinal) ? text.Length : text.LastIndexOfAny([' ', '\n']) + 2;
        BrokenFiles.BreaksWhenTruncated(Decoder, file, needed);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_OfFlippedBits_DecodesOrSaysTheFault(string name)
    {
        byte[] file = TestData.Read("pnm", name);
        BrokenFiles.SurvivesFlips(Decoder, file, name.Length, 500);
        BrokenFiles.SurvivesFlips(Decoder, file[..Math.Min(file.Length, 70)], name.Length, 1000);
    }

    [Theory]
    [InlineData("P5 0 1 255 A", "cannot be")]
    [InlineData("P5 1 0 255 A", "cannot be")]
    [InlineData("P5 1 1 0 A", "largest sample")]
    [InlineData("P5 1 1 65536 AA", "largest sample")]
    [InlineData("P5 99999999999999999999 1 255 A", "width is too large")]
    [InlineData("P5 -1 1 255 A", "width is not a decimal number")]
    [InlineData("P5 1x1 255 A", "width is not a decimal number")]
    [InlineData("P5 1", "file ends before the height")]
    [InlineData("P5", "file ends before the width")]
    [InlineData("P5x1 1 255 A", "no white space")]
    [InlineData("P5 1 1 100 e", "more than the largest of 100")]
    [InlineData("P5 1 1 256 \u0001\u0001", "more than the largest of 256")]
    [InlineData("P2 1 1 100 101", "more than the largest of 100")]
    [InlineData("P2 1 1 100 1a", "a sample is not a decimal number")]
    [InlineData("P2 2 1 100 1           ", "file ends before a sample")]
    [InlineData("P1 1 1 2", "neither 0 nor 1")]
    [InlineData("P1 2 1 1       ", "file ends within its pixels")]
    [InlineData("P6 2 2 255 AAAABBBBCC", "too few for the 2 x 2")]
    [InlineData("P9 2 2 255 AAAABBBBCC", "no such kind")]
    [InlineData("GIF", "does not start")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nENDHDR\nA", "no MAXVAL")]
    [InlineData("P7\nWIDTH x\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nENDHDR\nA", "WIDTH is not a decimal number")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 2\nMAXVAL 255\nTUPLTYPE RGB\nENDHDR\nAA", "does not have the depth 2")]
    [InlineData("P7\nHELLO\nENDHDR\nAA", "unknown name")]
    [InlineData("P7\nWIDTH 1\n", "within its header")]
    public void Decode_OfHeadsAndSamplesThatCannotBe_SaysBroken(string file, string reason) => Expect(ImageFault.Broken, reason, file);

    [Theory]
    [InlineData("PF\n1 1\n-1.0\nAAAABBBBCCCC", "PFM")]
    [InlineData("Pf\n1 1\n-1.0\nAAAA", "PFM")]
    [InlineData("P7 332\n", "XV")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE CMYK\nENDHDR\nAAAA", "tuple type")]
    [InlineData("P7\nWIDTH 1\nHEIGHT 1\nDEPTH 9\nMAXVAL 255\nENDHDR\nAAAAAAAAA", "depth 9")]
    public void Decode_OfKindsThatAreNotRead_SaysUnsupported(string file, string reason) => Expect(ImageFault.Unsupported, reason, file);

    [Theory]
    [InlineData("P1 30000 30000 ")]
    [InlineData("P3 30000 30000 255 ")]
    [InlineData("P4 30000 30000 ")]
    [InlineData("P6 30000 30000 255 ")]
    [InlineData("P7\nWIDTH 30000\nHEIGHT 30000\nDEPTH 4\nMAXVAL 65535\nTUPLTYPE RGB_ALPHA\nENDHDR\n")]
    public void Decode_OfHugeClaim_SaysBrokenBeforeMemoryIsTaken(string file)
    {
        Expect(ImageFault.Broken, "too few for the 30000 x 30000", file);
        byte[] bytes = Encoding.Latin1.GetBytes(file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => TestData.Decode(Decoder, bytes));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Decode_OfMorePixelsThanTheLimit_SaysUnsupported()
    {
        byte[] file = "P5 2 2 255 AAAA"u8.ToArray();
        var fault = Assert.Throws<ImageFormatException>(() =>
            Decoder.Decode(new MemoryStream(file), new DecoderOptions { MaxPixels = 3 }, TestContext.Current.CancellationToken));
        Assert.Equal(ImageFault.Unsupported, fault.Fault);
        Assert.Equal("2 x 2 pixels are more than the limit of 3", fault.Reason);
    }

    private static void Expect(ImageFault kind, string reason, string file)
    {
        var fault = Assert.Throws<ImageFormatException>(() => TestData.Decode(Decoder, Encoding.Latin1.GetBytes(file)));
        Assert.Equal("PNM", fault.Format);
        Assert.Equal(kind, fault.Fault);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }
}
