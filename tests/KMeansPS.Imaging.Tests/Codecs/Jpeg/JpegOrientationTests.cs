using KMeansPS.Imaging.Codecs.Exif;
using KMeansPS.Imaging.Codecs.Jpeg;

namespace KMeansPS.Imaging.Tests.Codecs.Jpeg;

/// <summary>The pixels of every orientation are in Data/jpeg; here, what EXIF data may look like.</summary>
public sealed class JpegOrientationTests
{
    [Fact]
    public void Read_BigEndian_IsUnderstood() => Assert.Equal(6, ExifOrientation.Read(BigEndian(3, 0, 6, 0, 0)));

    [Fact]
    public void Read_Long_IsUnderstood() => Assert.Equal(8, ExifOrientation.Read(BigEndian(4, 0, 0, 0, 8)));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Read_OutOfRange_IsUpright(byte value) => Assert.Equal(1, ExifOrientation.Read(BigEndian(3, 0, value, 0, 0)));

    [Fact]
    public void Read_AnyTruncation_IsUprightOrRight()
    {
        byte[] whole = BigEndian(3, 0, 6, 0, 0);
        for (int length = 0; length < 22; length++)
        {
            Assert.Equal(1, ExifOrientation.Read(whole.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Read_DirectoryBeyondTheEnd_IsUpright()
    {
        byte[] tiff = BigEndian(3, 0, 6, 0, 0);
        tiff[4] = 0xFF;
        Assert.Equal(1, ExifOrientation.Read(tiff));
    }

    [Fact]
    public void Decode_MalformedExif_LeavesThePictureUpright()
    {
        byte[] file = JpegSamples.WithSegment(JpegSamples.Bytes("ycbcr420"), Marker.APP1, [.. "Exif\0\0"u8, 1, 2, 3]);
        Assert.Equal(JpegSamples.Expected("ycbcr420").Pixels, JpegSamples.Decode(file).Pixels.ToArray());
    }

    [Theory]
    [InlineData("size-1x1")]
    [InlineData("size-7x9")]
    [InlineData("size-16x16")]
    [InlineData("size-16x17")]
    [InlineData("size-32x8")]
    public void Decode_TurnedByAQuarter_PutsRowsIntoColumns(string name)
    {
        var (width, height, expected) = JpegSamples.Expected(name);
        byte[] exif = [.. "Exif\0\0"u8, .. BigEndian(3, 0, 6, 0, 0)];
        var image = JpegSamples.Decode(JpegSamples.WithSegment(JpegSamples.Bytes(name), Marker.APP1, exif));
        Assert.Equal((height, width), (image.Width, image.Height));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Assert.Equal(expected[(y * width) + x], image.Row(x)[height - 1 - y]);
            }
        }
    }

    private static byte[] BigEndian(byte type, params byte[] value) =>
        [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, type, 0, 0, 0, 1, .. value, 0, 0, 0, 0];
}
