using System.Text;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Exif;
using KMeansPS.Imaging.Codecs.Jpeg;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Metadata;
using KMeansPS.Imaging.Quantization;
using KMeansPS.Imaging.Tests.Codecs.Jpeg;
using KMeansPS.Imaging.Tests.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs;

public sealed class MetadataTests
{
    private static readonly DecoderOptions Keeping = new() { KeepMetadata = true };

    // A black and a white pixel above a red and a green one.
    private static readonly byte[] FourPixels = [0, 0, 0, 0, 255, 255, 255, 0, 255, 0, 0, 0, 255, 0];

    [Fact]
    public void Decode_Jpeg_KeepsWhatItsSegmentsSay()
    {
        byte[] file = JpegSamples.Bytes("ycbcr420");
        file = JpegSamples.WithSegment(file, Marker.COM, [.. "grüße"u8]);
        file = JpegSamples.WithSegment(file, Marker.APP1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"u8]);
        file = JpegSamples.WithSegment(file, Marker.APP1, [.. "Exif\0\0"u8, .. Exif(6)]);
        file = JpegSamples.WithSegment(file, Marker.APP0, [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 1, 44, 0, 0]);
        Assert.Null(JpegSamples.Decode(file).Metadata);

        var kept = JpegSamples.Decode(file, Keeping).Metadata!;
        Assert.Equal(Exif(1), kept.Exif);
        Assert.Equal("<x:xmpmeta/>"u8.ToArray(), kept.Xmp);
        Assert.Equal(new PixelDensity(11811, 2835), kept.Density); // 300 and 72 dpi, turned by a quarter
        Assert.Equal(new PictureText("Comment", "grüße"), Assert.Single(kept.Texts));
    }

    [Fact]
    public void Decode_Jpeg_PutsExtendedXmpTogether()
    {
        byte[] rest = [.. "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:p='urn:p'><p:long>"u8, .. Encoding.UTF8.GetBytes(new string('é', 60_000)), .. "</p:long></rdf:Description></rdf:RDF></x:xmpmeta>"u8];
        byte[] file = WithExtension(MainXmp, Part(rest, 50_001, 50_000), Part(rest, 0, 50_001), Part(rest, 100_001, rest.Length - 100_001));

        var image = JpegSamples.Decode(file, Keeping);

        Assert.Empty(image.Warnings);
        string xmp = Encoding.UTF8.GetString(image.Metadata!.Xmp!);
        Assert.StartsWith("<?xpacket begin=\"\uFEFF\"", xmp, StringComparison.Ordinal);
        Assert.EndsWith("<?xpacket end=\"w\"?>", xmp, StringComparison.Ordinal);
        Assert.DoesNotContain("HasExtendedXMP", xmp, StringComparison.Ordinal);
        var rdf = System.Xml.Linq.XDocument.Parse(xmp).Descendants("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF").Single();
        Assert.Equal(["urn:o", "urn:p"], rdf.Elements().SelectMany(description => description.Elements()).Select(property => property.Name.NamespaceName));
        Assert.Equal(new string('é', 60_000), rdf.Descendants("{urn:p}long").Single().Value);
    }

    public static TheoryData<string, byte[]> BrokenExtensions()
    {
        byte[] rest = [.. "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"u8];
        byte[] entities = [.. "<!DOCTYPE a [<!ENTITY e 'eeeeee'>]>"u8, .. rest];
        return new TheoryData<string, byte[]>
        {
            { "do not fit together", WithExtension(MainXmp, Part(rest, 0, 40)) },
            { "do not fit together", WithExtension(MainXmp, Part(rest, 1, rest.Length - 1)) },
            { "do not fit together", WithExtension(MainXmp, Part(rest, 0, 40), Part(rest, 39, rest.Length - 39)) },
            { "do not fit together", WithExtension(MainXmp, Part(rest, 0, 40), Part(rest, 40, rest.Length - 40, 'A', (uint)rest.Length + 1)) },
            { "do not fit together", WithExtension(MainXmp, Part(rest, 0, rest.Length), Part(rest, 0, rest.Length)) },
            { "none of its parts is there", WithExtension(MainXmp) },
            { "none of its parts is there", WithExtension(MainXmp, Part(rest, 0, rest.Length, 'B')) },
            { "no XMP packet refers to it", WithExtension([.. "<x/>"u8], Part(rest, 0, rest.Length)) },
            { "no XMP packet refers to it", WithExtension([.. "<x"u8], Part(rest, 0, rest.Length)) },
            { "larger than 16 MiB", WithExtension(MainXmp, Part(rest, 0, rest.Length, 'A', uint.MaxValue)) },
            { "no well-formed XMP", WithExtension(MainXmp, Part(rest[..^1], 0, rest.Length - 1)) },
            { "no well-formed XMP", WithExtension(MainXmp, Part(entities, 0, entities.Length)) },
            { "no well-formed XMP", WithExtension(MainXmp, Part([.. "<a/>"u8], 0, 4)) },
        };
    }

    [Theory]
    [MemberData(nameof(BrokenExtensions))]
    public void Decode_JpegWithBrokenExtendedXmp_DropsItWithAWarning(string reason, byte[] file)
    {
        var image = JpegSamples.Decode(file, Keeping);
        string warning = Assert.Single(image.Warnings);
        Assert.StartsWith("The extended XMP was dropped: ", warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.Ordinal);
        Assert.NotEmpty(image.Metadata!.Xmp!);
        Assert.Empty(JpegSamples.Decode(file).Warnings); // nobody asked for it
    }

    private static byte[] MainXmp => [.. Encoding.UTF8.GetBytes($"<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:xmpNote='http://ns.adobe.com/xmp/note/' xmpNote:HasExtendedXMP='{new string('A', 32)}'><o:a xmlns:o='urn:o'>1</o:a></rdf:Description></rdf:RDF></x:xmpmeta>  <?xpacket end=\"w\"?>")];

    private static byte[] Part(byte[] whole, int offset, int count, char guid = 'A', uint? claimed = null)
    {
        byte[] numbers = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(numbers, claimed ?? (uint)whole.Length);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(numbers.AsSpan(4), offset);
        return [.. "http://ns.adobe.com/xmp/extension/\0"u8, .. Encoding.ASCII.GetBytes(new string(guid, 32)), .. numbers, .. whole.AsSpan(offset, count)];
    }

    private static byte[] WithExtension(byte[] packet, params byte[][] parts)
    {
        byte[] file = JpegSamples.WithSegment(JpegSamples.Bytes("ycbcr420"), Marker.APP1, [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. packet]);
        return parts.Aggregate(file, (file, part) => JpegSamples.WithSegment(file, Marker.APP1, part));
    }

    [Fact]
    public void Decode_Png_KeepsWhatItsChunksSay_BeforeAndBehindThePicture()
    {
        byte[] file = new PngBuilder().Header(2, 2, 8, 2)
            .Chunk("pHYs", [0, 0, 0x0B, 0x13, 0, 0, 0x2E, 0x23, 1])
            .Chunk("tEXt", [.. Encoding.Latin1.GetBytes("Author\0Zoë")])
            .Chunk("tEXt", [.. "Software\0Another"u8])
            .Pixels(FourPixels)
            .Chunk("zTXt", [.. "Comment\0\0"u8, .. PngBuilder.Deflate([.. "squeezed"u8])])
            .Chunk("iTXt", [.. "Title\0\u0001\0en\0Titel\0"u8, .. PngBuilder.Deflate([.. "日本"u8])])
            .Chunk("iTXt", [.. "XML:com.adobe.xmp\0\0\0\0\0<x/>"u8])
            .Chunk("eXIf", Exif(1))
            .End();
        Assert.Null(TestData.Decode(new PngDecoder(), file).Metadata);

        var kept = Decode(file).Metadata!;
        Assert.Equal(Exif(1), kept.Exif);
        Assert.Equal("<x/>"u8.ToArray(), kept.Xmp);
        Assert.Equal(new PixelDensity(2835, 11811), kept.Density);
        Assert.Equal([new("Author", "Zoë"), new("Comment", "squeezed"), new("Title", "日本")], kept.Texts);
    }

    [Fact]
    public void Encode_WritesAllThatWasKept()
    {
        var metadata = new PictureMetadata
        {
            Exif = Exif(1),
            Xmp = [.. "<x/>"u8],
            Density = new PixelDensity(2835, 11811),
            Texts = [new("Author", "Zoë"), new("Title", "日本")],
        };
        var indexed = new IndexedImage(1, 1, new Palette([new Rgba(1, 2, 3)]), [0]) { Metadata = metadata };
        var file = new MemoryStream();
        new PngEncoder().Encode(indexed, file, TestContext.Current.CancellationToken);
        Same(metadata, Decode(file.ToArray()).Metadata!);

        var pixels = new PixelImage(1, 1) { Metadata = metadata };
        pixels.Pixels[0] = new Rgba(1, 2, 3);
        file = new MemoryStream();
        new PngEncoder().Encode(pixels, file, TestContext.Current.CancellationToken);
        Same(metadata, Decode(file.ToArray()).Metadata!);

        static void Same(PictureMetadata expected, PictureMetadata found)
        {
            Assert.Equal(expected.Exif, found.Exif);
            Assert.Equal(expected.Xmp, found.Xmp);
            Assert.Equal(expected.Density, found.Density);
            Assert.Equal(expected.Texts, found.Texts);
        }
    }

    [Fact]
    public void Quantize_HandsMetadataOn()
    {
        var image = new PixelImage(1, 1) { Metadata = new PictureMetadata() };
        image.Pixels[0] = new Rgba(1, 2, 3);
        Assert.Same(image.Metadata, new ColorQuantizer().Quantize(image).Image.Metadata);
    }

    [Theory]
    [InlineData(1, 2, 2, "#000000 #FFFFFF #FF0000 #00FF00")]
    [InlineData(2, 2, 2, "#FFFFFF #000000 #00FF00 #FF0000")]
    [InlineData(3, 2, 2, "#00FF00 #FF0000 #FFFFFF #000000")]
    [InlineData(6, 2, 2, "#FF0000 #000000 #00FF00 #FFFFFF")]
    [InlineData(8, 2, 2, "#FFFFFF #00FF00 #000000 #FF0000")]
    public void Decode_PngWithOrientation_TurnsItUpright(int orientation, int width, int height, string pixels)
    {
        foreach (bool isBehind in (bool[])[false, true])
        {
            var builder = new PngBuilder().Header(2, 2, 8, 2);
            builder = isBehind ? builder.Pixels(FourPixels).Chunk("eXIf", Exif(orientation)) : builder.Chunk("eXIf", Exif(orientation)).Pixels(FourPixels);
            var image = Decode(builder.End());
            Assert.Equal((width, height), (image.Width, image.Height));
            Assert.Equal(pixels, string.Join(' ', image.Pixels.ToArray()));
            Assert.Equal(1, ExifOrientation.Read(image.Metadata!.Exif));
        }
    }

    [Fact]
    public void Identify_PngThatLiesOnItsSide_GivesItsSizeAsShown()
    {
        byte[] file = new PngBuilder().Header(1, 2, 8, 2).Pixels(0, 1, 2, 3, 0, 4, 5, 6).Chunk("eXIf", Exif(6)).End();
        var info = new PngDecoder().Identify(new MemoryStream(file), TestContext.Current.CancellationToken);
        Assert.Equal((2, 1), (info.Width, info.Height));
        Assert.Equal((2, 1), (Decode(file).Width, Decode(file).Height));
    }

    public static TheoryData<string, byte[]> DamagedChunks => new()
    {
        { "pHYs", [1, 2, 3] },
        { "pHYs", [0xFF, 0, 0, 0, 0, 0, 0, 1, 1] },
        { "tEXt", [] },
        { "tEXt", [.. "no end of the keyword"u8] },
        { "tEXt", [0, 1, 2] },
        { "zTXt", [.. "Comment\0"u8] },
        { "zTXt", [.. "Comment\0\0not deflated"u8] },
        { "iTXt", [.. "Comment\0\u0001"u8] },
        { "iTXt", [.. "Comment\0\0\0en"u8] },
        { "iTXt", [.. "Comment\0\u0001\0\0\0xyz"u8] },
    };

    [Theory]
    [MemberData(nameof(DamagedChunks))]
    public void Decode_PngWithDamagedMetadata_LeavesItOut(string type, byte[] data)
    {
        var kept = Decode(new PngBuilder().Header(2, 2, 8, 2).Chunk(type, data).Pixels(FourPixels).End()).Metadata!;
        Assert.Null(kept.Density);
        Assert.Empty(kept.Texts);
    }

    [Fact]
    public void Decode_PngWithAHugeText_LeavesItOut()
    {
        byte[] data = [.. "Comment\0\0"u8, .. PngBuilder.Deflate(new byte[20_000_000])];
        Assert.Empty(Decode(new PngBuilder().Header(2, 2, 8, 2).Chunk("zTXt", data).Pixels(FourPixels).End()).Metadata!.Texts);
    }

    private static PixelImage Decode(byte[] file) => new PngDecoder().Decode(new MemoryStream(file), Keeping, TestContext.Current.CancellationToken);

    private static byte[] Exif(int orientation) =>
        [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
}
