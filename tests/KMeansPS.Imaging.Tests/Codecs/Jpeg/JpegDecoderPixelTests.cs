using KMeansPS.Imaging.Codecs.Jpeg;

namespace KMeansPS.Imaging.Tests.Codecs.Jpeg;

/// <summary>What comes out must be what another program decodes, to the last bit.</summary>
public sealed class JpegDecoderPixelTests
{
    public static TheoryData<string> Samples => [.. JpegSamples.NamesWithPixels];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Decode_Sample_GivesThePixelsOfDjpeg(string name)
    {
        var (width, height, expected) = JpegSamples.Expected(name);
        var image = JpegSamples.Decode(JpegSamples.Bytes(name));
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(0, LargestDifference(expected, image.Pixels));
        Assert.Empty(image.Warnings);
        Assert.Null(image.IccProfile);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Identify_Sample_GivesTheSizeOfTheUprightPicture(string name)
    {
        var (width, height, _) = JpegSamples.Expected(name);
        var info = JpegSamples.Identify(JpegSamples.Bytes(name));
        Assert.Equal(("JPEG", width, height), (info.Format, info.Width, info.Height));
    }

    // No other program at hand writes or reads such a ratio, so the file is made here: 24 x 8 pixels, one MCU of 3 red
    // blocks, 2 green ones and 1 blue one, each of one level.
    [Fact]
    public void Decode_SamplingRatioThatIsNoWholeNumber_RepeatsTheSampleAtTheSamePlace()
    {
        const string Same = "0" + "0";
        const string Up50 = "10" + "110010000" + "0";
        const string Down50 = "10" + "001101111" + "0";
        const string Bits = Same + Up50 + Down50 + Up50 + Down50 + Same + "1111";
        byte[] data = [.. Enumerable.Range(0, Bits.Length / 8).Select(i => Convert.ToByte(Bits.Substring(8 * i, 8), 2))];
        byte[] ones = [.. Enumerable.Repeat((byte)1, 64)];
        byte[] file =
        [
            0xFF, Marker.SOI,
            0xFF, Marker.DQT, 0, 67, 0, .. ones,
            0xFF, Marker.SOF0, 0, 17, 8, 0, 8, 0, 24, 3, (byte)'R', 0x31, 0, (byte)'G', 0x21, 0, (byte)'B', 0x11, 0,
            0xFF, Marker.DHT, 0, 21, 0x00, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9,
            0xFF, Marker.DHT, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0xFF, Marker.SOS, 0, 12, 3, (byte)'R', 0, (byte)'G', 0, (byte)'B', 0, 0, 63, 0,
            .. data,
            0xFF, Marker.EOI,
        ];
        var image = JpegSamples.Decode(file);
        Assert.Equal((24, 8), (image.Width, image.Height));
        for (int x = 0; x < 24; x++)
        {
            byte red = x / 8 == 1 ? (byte)178 : (byte)128;
            byte green = x < 12 ? (byte)178 : (byte)128;
            Assert.Equal(new Rgba(red, green, 128), image.Row(5)[x]);
        }
    }

    [Fact]
    public void Decode_FillBytesBeforeMarkers_AreSkipped()
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        byte[] filled = JpegSamples.Splice(file, JpegSamples.Find(file, Marker.DHT), 0, 0xFF, 0xFF, 0xFF);
        AssertSamePixels("ycbcr420", filled);
    }

    [Fact]
    public void Decode_FillBytesBeforeRestartMarker_AreSkipped()
    {
        byte[] file = JpegSamples.Bytes("restart-1");
        int restart = file.AsSpan().IndexOf([Marker.Prefix, Marker.RST0]);
        AssertSamePixels("restart-1", JpegSamples.Splice(file, restart, 0, 0xFF, 0xFF));
    }

    [Fact]
    public void Decode_QuantizationTablesOf16Bits_AreTheSame()
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        byte[] wide = file;
        int position = 2;
        while (wide[position + 1] != Marker.SOF0)
        {
            int length = (wide[position + 2] << 8) | wide[position + 3];
            if (wide[position + 1] == Marker.DQT && length == 67)
            {
                byte[] table = [0xFF, Marker.DQT, 0, 131, (byte)(wide[position + 4] | 0x10), .. wide.AsSpan(position + 5, 64).ToArray().SelectMany(step => new byte[] { 0, step })];
                wide = JpegSamples.Splice(wide, position, 69, table);
                length = 131;
            }

            position += 2 + length;
        }

        Assert.Equal(file.Length + 128, wide.Length);
        AssertSamePixels("ycbcr420", wide);
    }

    [Fact]
    public void Decode_HeightToldByDnl_IsUsed()
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        int frame = JpegSamples.Find(file, Marker.SOF0);
        byte[] late = JpegSamples.Splice(file, file.Length - 2, 0, 0xFF, Marker.DNL, 0, 4, file[frame + 5], file[frame + 6]);
        late[frame + 5] = late[frame + 6] = 0;
        AssertSamePixels("ycbcr420", late);
        Assert.Equal(45, JpegSamples.Identify(late).Height);
    }

    [Fact]
    public void Decode_TrailingGarbage_IsIgnored() =>
        AssertSamePixels("ycbcr420", [.. JpegSamples.Bytes("ycbcr420"), 1, 2, 0xFF, 0xD8, 0xFF]);

    [Theory]
    [InlineData("ycbcr420")]
    [InlineData("progressive420")]
    [InlineData("non-interleaved")]
    public void Decode_MissingEndOfImage_IsAccepted(string name) => AssertSamePixels(name, JpegSamples.Bytes(name)[..^2]);

    [Fact]
    public void Decode_MoreEntropyCodedDataThanNeeded_Warns()
    {
        byte[] file = JpegSamples.Bytes("progressive420");
        byte[] longer = JpegSamples.Splice(file, file.Length - 2, 0, 1, 2, 3);
        Assert.Single(JpegSamples.Decode(longer).Warnings);
    }

    [Fact]
    public void Decode_StreamThatGivesOneByteAtATime_GivesTheSamePicture()
    {
        using var stream = new SlowStream(JpegSamples.Bytes("progressive420"));
        var image = new JpegDecoder().Decode(stream, new(), TestContext.Current.CancellationToken);
        Assert.Equal(JpegSamples.Expected("progressive420").Pixels, image.Pixels.ToArray());
    }

    [Fact]
    public void Recognizes_OnlyWhatBeginsWithStartOfImageAndAMarker()
    {
        var decoder = new JpegDecoder();
        Assert.Equal("JPEG", decoder.Name);
        Assert.True(decoder.Recognizes([0xFF, 0xD8, 0xFF, 0xE0]));
        Assert.False(decoder.Recognizes([0xFF, 0xD8, 0x00]));
        Assert.False(decoder.Recognizes([0xFF, 0xD8]));
        Assert.False(decoder.Recognizes([]));
    }

    private static void AssertSamePixels(string name, byte[] file)
    {
        var image = JpegSamples.Decode(file);
        Assert.Equal(JpegSamples.Expected(name).Pixels, image.Pixels.ToArray());
        Assert.Empty(image.Warnings);
    }

    private static int LargestDifference(ReadOnlySpan<Rgba> expected, ReadOnlySpan<Rgba> actual)
    {
        int largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            var (e, a) = (expected[i], actual[i]);
            Assert.Equal(255, a.A);
            largest = Math.Max(largest, Math.Max(Math.Abs(e.R - a.R), Math.Max(Math.Abs(e.G - a.G), Math.Abs(e.B - a.B))));
        }

        return largest;
    }

    private sealed class SlowStream(byte[] content) : MemoryStream(content, writable: false)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
