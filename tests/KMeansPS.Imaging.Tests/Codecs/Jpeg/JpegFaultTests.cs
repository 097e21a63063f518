using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Jpeg;

namespace KMeansPS.Imaging.Tests.Codecs.Jpeg;

/// <summary>Whatever a file holds, it is a picture or one <see cref="ImageFormatException"/>.</summary>
public sealed class JpegFaultTests
{
    public static TheoryData<string> Small => ["size-7x9", "size-16x17", "size-2x7-ycbcr420-progressive", "rgb-progressive", "cmyk-progressive", "restart-3-blocks", "non-interleaved"];

    [Theory]
    [MemberData(nameof(Small))]
    public void Decode_TruncatedAnywhere_IsBroken(string name)
    {
        byte[] file = JpegSamples.Bytes(name);
        for (int length = 0; length < file.Length - 2; length++)
        {
            var fault = JpegSamples.Fault(file[..length]);
            Assert.Equal(ImageFault.Broken, fault.Fault);
            Assert.Equal("JPEG", fault.Format);
            Assert.InRange(fault.Offset, 0, length);
        }
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Decode_CutOffByEndOfImageInItsData_IsBroken(string name)
    {
        byte[] file = JpegSamples.Bytes(name);
        byte[] cut = [.. file[..^3], 0xFF, Marker.EOI];
        Assert.Equal(ImageFault.Broken, JpegSamples.Fault(cut).Fault);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void DecodeAndIdentify_RandomDamage_ThrowNothingElse(string name)
    {
        byte[] file = JpegSamples.Bytes(name);
        var random = new Random(20260101);
        var options = new DecoderOptions { MaxPixels = 1 << 20 };
        for (int i = 0; i < 1500; i++)
        {
            byte[] damaged = [.. file];
            for (int flips = random.Next(1, 5); flips > 0; flips--)
            {
                damaged[random.Next(2, damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                JpegSamples.Identify(damaged);
                JpegSamples.Decode(damaged, options);
            }
            catch (ImageFormatException e)
            {
                Assert.InRange(e.Offset, 0, file.Length);
            }
        }
    }

    [Theory]
    [InlineData(0xC3, "lossless")]
    [InlineData(0xC5, "hierarchical")]
    [InlineData(0xC9, "arithmetic")]
    [InlineData(0xCA, "arithmetic")]
    public void Decode_OtherCodingProcess_IsUnsupported(byte marker, string named)
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        file[JpegSamples.Find(file, Marker.SOF0) + 1] = marker;
        var fault = JpegSamples.Fault(file);
        Assert.Equal(ImageFault.Unsupported, fault.Fault);
        Assert.Contains(named, fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, ImageFault.Unsupported)]
    [InlineData(7, ImageFault.Broken)]
    public void Decode_OtherPrecision_IsRefused(byte precision, ImageFault expected)
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        file[JpegSamples.Find(file, Marker.SOF0) + 4] = precision;
        Assert.Equal(expected, JpegSamples.Fault(file).Fault);
    }

    [Fact]
    public void Decode_TwoComponents_IsUnsupported()
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        int frame = JpegSamples.Find(file, Marker.SOF0);
        byte[] two = JpegSamples.Splice(file, frame + 16, 3);
        two[frame + 3] -= 3;
        two[frame + 9] = 2;
        Assert.Equal(ImageFault.Unsupported, JpegSamples.Fault(two).Fault);
    }

    [Fact]
    public void Decode_HeightOfZeroWithoutDnl_IsBroken()
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        int frame = JpegSamples.Find(file, Marker.SOF0);
        file[frame + 5] = file[frame + 6] = 0;
        Assert.Contains("DNL", JpegSamples.Fault(file).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_WrongRestartMarker_IsBrokenThere()
    {
        byte[] file = JpegSamples.Bytes("restart-1");
        int restart = file.AsSpan().IndexOf([Marker.Prefix, (byte)(Marker.RST0 + 1)]);
        file[restart + 1] = Marker.RST0 + 5;
        var fault = JpegSamples.Fault(file);
        Assert.Equal((ImageFault.Broken, restart), (fault.Fault, (int)fault.Offset));
        Assert.Contains("RST1", fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_MissingHuffmanTable_IsBroken()
    {
        byte[] file = JpegSamples.Bytes("gray");
        int table = JpegSamples.Find(file, Marker.DHT);
        Assert.Equal(ImageFault.Broken, JpegSamples.Fault(JpegSamples.Splice(file, table, 2 + file[table + 3])).Fault);
    }

    [Fact]
    public void Decode_ProgressiveScanThatComesTwice_IsBroken()
    {
        byte[] file = JpegSamples.Bytes("gray-progressive");
        int first = JpegSamples.Find(file, Marker.SOS);
        byte[] again = JpegSamples.Splice(file, file.Length - 2, 0, file[first..^2]);
        Assert.Contains("out of order", JpegSamples.Fault(again).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("size-7x9")]
    [InlineData("gray-progressive")]
    public void Decode_HugeClaimInASmallFile_IsBrokenBeforeMemoryIsTaken(string name)
    {
        byte[] file = WithSize(name, 65500, 16000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var fault = JpegSamples.Fault(file);
        Assert.Equal(ImageFault.Broken, fault.Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal((65500, 16000), (JpegSamples.Identify(file).Width, JpegSamples.Identify(file).Height));
    }

    [Fact]
    public void Decode_MorePixelsThanTheLimit_IsUnsupported()
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        var fault = Assert.Throws<ImageFormatException>(() => JpegSamples.Decode(file, new DecoderOptions { MaxPixels = (61 * 45) - 1 }));
        Assert.Equal(ImageFault.Unsupported, fault.Fault);
        Assert.Equal("61 x 45 pixels are more than the limit of 2744", fault.Reason);
        JpegSamples.Decode(file, new DecoderOptions { MaxPixels = 61 * 45 });
    }

    [Fact]
    public void Decode_MorePixelsThanAnArrayHolds_IsUnsupportedWhateverTheLimit()
    {
        byte[] file = WithSize("ycbcr420", 65535, 65535);
        var fault = Assert.Throws<ImageFormatException>(() => JpegSamples.Decode(file, new DecoderOptions { MaxPixels = long.MaxValue }));
        Assert.Equal(ImageFault.Unsupported, fault.Fault);
    }

    [Theory]
    [InlineData("ycbcr420")]
    [InlineData("progressive420")]
    [InlineData("non-interleaved")]
    public void Decode_Cancelled_Stops(string name)
    {
        using var stream = new MemoryStream(JpegSamples.Bytes(name));
        Assert.Throws<OperationCanceledException>(() => new JpegDecoder().Decode(stream, new DecoderOptions(), new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("ycbcr420")]
    [InlineData("progressive420")]
    [InlineData("non-interleaved")]
    public void Decode_CancelledAfterTheFileWasRead_StopsInThePicture(string name)
    {
        using var cancellation = new CancellationTokenSource();
        using var stream = new CancellingStream(JpegSamples.Bytes(name), cancellation);
        Assert.Throws<OperationCanceledException>(() => new JpegDecoder().Decode(stream, new DecoderOptions(), cancellation.Token));
    }

    private static byte[] WithSize(string name, int width, int height)
    {
        byte[] file = JpegSamples.Bytes(name);
        int frame = JpegSamples.Find(file, name.Contains("progressive", StringComparison.Ordinal) ? Marker.SOF2 : Marker.SOF0);
        (file[frame + 5], file[frame + 6]) = ((byte)(height >> 8), (byte)height);
        (file[frame + 7], file[frame + 8]) = ((byte)(width >> 8), (byte)width);
        return file;
    }

    // Cancels when the reader learns that there is nothing more to read.
    private sealed class CancellingStream(byte[] content, CancellationTokenSource cancellation) : MemoryStream(content, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            if (read == 0)
            {
                cancellation.Cancel();
            }

            return read;
        }
    }
}
