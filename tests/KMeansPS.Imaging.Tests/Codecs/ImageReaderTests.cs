using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Imaging.Tests.Codecs;

public class ImageReaderTests
{
    private sealed class Fake(string name, ImageFault? fault) : IImageDecoder
    {
        public string Name => name;

        public bool Recognizes(ReadOnlySpan<byte> header) => header.StartsWith("fake"u8);

        public ImageInfo Identify(Stream stream, CancellationToken cancellationToken) => new(name, 1, 1);

        public PixelImage Decode(Stream stream, DecoderOptions options, CancellationToken cancellationToken)
        {
            Assert.Equal(0, stream.Position);
            stream.ReadByte();
            return fault is { } kind ? throw new ImageFormatException(name, kind, 1, "so it is") : new PixelImage(1, 1);
        }
    }

    private static DecodedImage Read(byte[] file, params IImageDecoder[] decoders) =>
        new ImageReader(decoders).Read(new MemoryStream(file), cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public void Read_WhatTheFirstCallsUnsupported_GoesToTheNext() =>
        Assert.Equal("second", Read("fake"u8.ToArray(), new Fake("first", ImageFault.Unsupported), new Fake("second", null)).Decoder);

    [Fact]
    public void Read_WhatTheFirstCallsBroken_GoesNoFurther() =>
        Assert.Equal("first", Assert.Throws<ImageFormatException>(() => Read("fake"u8.ToArray(), new Fake("first", ImageFault.Broken), new Fake("second", null))).Format);

    [Fact]
    public void Read_WhatAllCallUnsupported_HasTheFirstOnesReason() =>
        Assert.Equal("first", Assert.Throws<ImageFormatException>(() => Read("fake"u8.ToArray(), new Fake("first", ImageFault.Unsupported), new Fake("second", ImageFault.Unsupported))).Format);

    [Theory]
    [InlineData("GIF89a", "GIF")]
    [InlineData("RIFF....WEBPVP8 ", "WebP")]
    [InlineData("II*\0", "TIFF")]
    [InlineData("qoif", "QOI")]
    [InlineData("....ftypheic", "HEIF")]
    [InlineData("what is this", "image")]
    public void Read_FormatThatNobodyReads_NamesIt(string header, string format)
    {
        var fault = Assert.Throws<ImageFormatException>(() => Read(System.Text.Encoding.Latin1.GetBytes(header), [.. BuiltInCodecs.Decoders]));
        Assert.Equal((format, ImageFault.Unsupported), (fault.Format, fault.Fault));
    }

    [Fact]
    public void Read_EmptyFile_IsBroken() =>
        Assert.Equal(ImageFault.Broken, Assert.Throws<ImageFormatException>(() => Read([], [.. BuiltInCodecs.Decoders])).Fault);
}
