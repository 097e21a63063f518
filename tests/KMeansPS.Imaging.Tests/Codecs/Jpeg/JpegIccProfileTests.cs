using KMeansPS.Imaging.Codecs.Jpeg;

namespace KMeansPS.Imaging.Tests.Codecs.Jpeg;

public sealed class JpegIccProfileTests
{
    private const int RenderingIntent = 64;

    [Fact]
    public void Decode_RgbProfileInOnePiece_Survives()
    {
        byte[] profile = Profile("RGB ", 588);
        var image = JpegSamples.Decode(With(Piece(1, 1, profile)));
        Assert.Equal(profile, image.IccProfile);
        Assert.Empty(image.Warnings);
    }

    [Fact]
    public void Decode_PiecesInAnyOrder_AreJoinedByNumber()
    {
        byte[] profile = Profile("RGB ", 1000);
        var image = JpegSamples.Decode(With(Piece(2, 3, profile[100..700]), Piece(3, 3, profile[700..]), Piece(1, 3, profile[..100])));
        Assert.Equal(profile, image.IccProfile);
    }

    [Theory]
    [InlineData("GRAY", "grey")]
    [InlineData("CMYK", "CMYK")]
    [InlineData("Lab ", "instead of RGB")]
    public void Decode_ProfileOfAnotherColorSpace_IsDroppedWithAWarning(string colorSpace, string named)
    {
        var image = JpegSamples.Decode(With(Piece(1, 1, Profile(colorSpace, 300))));
        Assert.Null(image.IccProfile);
        Assert.Contains(named, Assert.Single(image.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(0, 0)]
    [InlineData(3, 2)]
    public void Decode_MissingOrMisnumberedPiece_IsDroppedWithAWarning(byte number, byte count)
    {
        var image = JpegSamples.Decode(With(Piece(number, count, Profile("RGB ", 300))));
        Assert.Null(image.IccProfile);
        Assert.Single(image.Warnings);
    }

    [Fact]
    public void Decode_PieceThatComesTwice_IsDroppedWithAWarning()
    {
        byte[] piece = Piece(1, 1, Profile("RGB ", 300));
        Assert.Single(JpegSamples.Decode(With(piece, piece)).Warnings);
    }

    [Fact]
    public void Decode_ProfileShorterThanItsHeader_IsDroppedWithAWarning() =>
        Assert.Single(JpegSamples.Decode(With(Piece(1, 1, Profile("RGB ", 100)))).Warnings);

    [Fact]
    public void Decode_ProfileWithoutAValidRenderingIntent_IsDroppedWithAWarning()
    {
        byte[] profile = Profile("RGB ", 300);
        profile[RenderingIntent] = 1; // the bytes the wrong way round
        var image = JpegSamples.Decode(With(Piece(1, 1, profile)));
        Assert.Null(image.IccProfile);
        Assert.Contains("rendering intent", Assert.Single(image.Warnings), StringComparison.Ordinal);
    }

    private static byte[] With(params byte[][] pieces) =>
        pieces.Reverse().Aggregate(JpegSamples.Bytes("gray"), (file, piece) => JpegSamples.WithSegment(file, Marker.APP2, piece));

    private static byte[] Piece(byte number, byte count, byte[] content) => [.. "ICC_PROFILE\0"u8, number, count, .. content];

    private static byte[] Profile(string colorSpace, int length)
    {
        byte[] profile = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        System.Text.Encoding.ASCII.GetBytes(colorSpace, profile.AsSpan(16));
        profile.AsSpan(RenderingIntent, Math.Clamp(length - RenderingIntent, 0, 4)).Clear();
        return profile;
    }
}
