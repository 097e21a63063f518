using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Qoi;
using SixLabors.ImageSharp.Formats.Tga;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.Metadata.Profiles.Icc;
using SixLabors.ImageSharp.PixelFormats;
using DecoderOptions = KMeansPS.Imaging.Codecs.DecoderOptions;
using ImageFormatException = KMeansPS.Imaging.Codecs.ImageFormatException;

namespace KMeansPS.ImageSharp.Tests;

public class ImageSharpDecoderTests
{
    private const int Width = 23;
    private const int Height = 11;
    private static readonly ImageSharpDecoder Decoder = new();

    public static TheoryData<string> Formats => ["WebP", "TIFF", "TGA", "QOI"];

    [Theory]
    [InlineData("netpbm.gif")]
    [InlineData("netpbm.tga")]
    [InlineData("netpbm.tif")]
    public void Decode_FileOfNetpbm_GivesItsPixels(string name)
    {
        var pixels = File.ReadAllBytes(DataFile("pixels.rgb"));
        var image = Decode(File.ReadAllBytes(DataFile(name)));
        Assert.Equal((Width, Height), (image.Width, image.Height));
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            Assert.Equal(new Rgba(pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]), image.Pixels[i]);
        }
    }

    [Fact]
    public void Decode_QoiByHand_GivesItsPixels()
    {
        byte[] file = [.. "qoif"u8, 0, 0, 0, 2, 0, 0, 0, 1, 4, 0, 0xFF, 10, 20, 30, 40, 0xFE, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1];
        var image = Decode(file);
        Assert.Equal([new Rgba(10, 20, 30, 40), new Rgba(1, 2, 3, 40)], image.Pixels.ToArray());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_WhatWasEncoded_IsTheSame(string format)
    {
        using var picture = Picture(opaque: format == "TIFF"); // whose encoder there drops alpha
        var image = Decode(Encode(picture, format));
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                var pixel = picture[x, y];
                Assert.Equal(new Rgba(pixel.R, pixel.G, pixel.B, pixel.A), image.Row(y)[x]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Identify_Format_KnowsItBySignatureAndSize(string format)
    {
        using var picture = Picture();
        var file = Encode(picture, format);
        Assert.True(Decoder.Recognizes(file.AsSpan(0, Math.Min(file.Length, ImageReader.HeaderLength))));
        var info = Decoder.Identify(new MemoryStream(file), TestContext.Current.CancellationToken);
        Assert.Equal((format.ToUpperInvariant(), Width, Height), (info.Format.ToUpperInvariant(), info.Width, info.Height));
    }

    [Fact]
    public void Decode_PictureOnItsSide_IsTurnedUpright()
    {
        using var picture = Picture();
        picture.Metadata.ExifProfile = new ExifProfile();
        picture.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)6);
        var file = Encode(picture, "WebP");
        var info = Decoder.Identify(new MemoryStream(file), TestContext.Current.CancellationToken);
        var image = Decode(file);
        Assert.Equal((Height, Width), (image.Width, image.Height));
        Assert.Equal((Height, Width), (info.Width, info.Height));
        Assert.Equal(picture[0, Height - 1].R, image.Pixels[0].R);
    }

    [Fact]
    public void Decode_RgbProfile_IsKept_AnotherIsDroppedWithAWarning()
    {
        using var picture = Picture();
        var profile = new byte[256];
        (profile[2], profile[36], profile[37], profile[38], profile[39]) = (1, (byte)'a', (byte)'c', (byte)'s', (byte)'p');
        "mntr"u8.CopyTo(profile.AsSpan(12));
        "RGB "u8.CopyTo(profile.AsSpan(16));
        "XYZ "u8.CopyTo(profile.AsSpan(20));
        picture.Metadata.IccProfile = new IccProfile(profile);
        Assert.Equal(profile, Decode(Encode(picture, "WebP")).IccProfile);

        "CMYK"u8.CopyTo(profile.AsSpan(16));
        picture.Metadata.IccProfile = new IccProfile(profile);
        var image = Decode(Encode(picture, "WebP"));
        Assert.Null(image.IccProfile);
        Assert.Single(image.Warnings);
    }

    [Fact]
    public void Decode_MorePixelsThanTheLimit_IsUnsupported()
    {
        using var picture = Picture();
        var e = Assert.Throws<ImageFormatException>(() =>
            Decoder.Decode(new MemoryStream(Encode(picture, "WebP")), new DecoderOptions { MaxPixels = 10 }, TestContext.Current.CancellationToken));
        Assert.Equal(ImageFault.Unsupported, e.Fault);
    }

    [Fact]
    public void Decode_CancelledToken_Stops()
    {
        using var picture = Picture();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Decoder.Decode(new MemoryStream(Encode(picture, "WebP")), new DecoderOptions(), new CancellationToken(canceled: true)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_TruncatedAnywhere_GivesAPictureOrOneError(string format)
    {
        using var picture = Picture();
        var file = Encode(picture, format);
        for (int length = 0; length < file.Length; length += 3)
        {
            AssertPictureOrFault(file.AsSpan(0, length).ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Decode_FlippedBits_GivesAPictureOrOneError(string format)
    {
        using var picture = Picture();
        var file = Encode(picture, format);
        var random = new Random(1);
        for (int round = 0; round < 300; round++)
        {
            var damaged = (byte[])file.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            AssertPictureOrFault(damaged);
        }
    }

    [Fact]
    public void Recognizes_Text_DoesNot() => Assert.False(Decoder.Recognizes("no picture at all, but text of some"u8[..ImageReader.HeaderLength]));

    private static void AssertPictureOrFault(byte[] file)
    {
        try
        {
            Decoder.Decode(new MemoryStream(file), new DecoderOptions { MaxPixels = 1 << 20 }, TestContext.Current.CancellationToken);
        }
        catch (ImageFormatException e)
        {
            Assert.NotEmpty(e.Reason);
        }
    }

    private static PixelImage Decode(byte[] file) => Decoder.Decode(new MemoryStream(file), new DecoderOptions(), TestContext.Current.CancellationToken);

    private static byte[] Encode(Image<Rgba32> picture, string format)
    {
        ImageEncoder encoder = format switch
        {
            "WebP" => new WebpEncoder { FileFormat = WebpFileFormatType.Lossless, TransparentColorMode = WebpTransparentColorMode.Preserve },
            "TIFF" => new TiffEncoder { BitsPerPixel = TiffBitsPerPixel.Bit32 },
            "TGA" => new TgaEncoder { BitsPerPixel = TgaBitsPerPixel.Pixel32 },
            _ => new QoiEncoder { Channels = QoiChannels.Rgba },
        };
        using var stream = new MemoryStream();
        picture.Save(stream, encoder);
        return stream.ToArray();
    }

    private static Image<Rgba32> Picture(bool opaque = false)
    {
        var picture = new Image<Rgba32>(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                picture[x, y] = new Rgba32((byte)(x * 11), (byte)(y * 23), (byte)(x * y), opaque ? byte.MaxValue : (byte)(255 - y));
            }
        }

        return picture;
    }

    private static string DataFile(string name) => Path.Join(AppContext.BaseDirectory, "Data", name);
}
