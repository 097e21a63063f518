using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Compression;
using KMeansPS.Imaging.Metrics;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Compression;

public sealed class ImageCompressorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static ImageCompressor Compressor(int k, CancellationToken cancellationToken = default) => new(
        new ImageReader(BuiltInCodecs.Decoders), new PngEncoder(), new QuantizerOptions { K = k },
        parallel: new ParallelOptions { CancellationToken = cancellationToken });

    private static PixelImage Decode(string path)
    {
        using var stream = File.OpenRead(path);
        return new ImageReader([new PngDecoder()]).Read(stream).Image;
    }

    [Fact]
    public void Compress_Photograph_WritesWhatTheResultSays()
    {
        string source = Repository.Sample("rocket.jpg");
        string destination = _folder.File("rocket.png");

        var result = Compressor(16).Compress(source, destination, replace: false);

        var written = Decode(destination);
        Assert.Equal((640, 427), (written.Width, written.Height));
        Assert.Equal(16, written.Pixels.ToArray().Distinct().Count());
        Assert.Equal(CompressionStatus.Compressed, result.Status);
        Assert.Equal("JPEG", result.Decoder);
        Assert.Equal(new FileInfo(destination).Length, result.CompressedBytes);
        Assert.Equal(new FileInfo(source).Length, result.SourceBytes);
        Assert.Equal(640 * 427 * 3, result.RawBytes);
        Assert.Equal(result.Mse, ImageError.Mse(Pictures.Sample("rocket.jpg"), written), 1e-9);
        Assert.Equal(4, File.ReadAllBytes(destination)[24]); // the bit depth in IHDR
    }

    [Fact]
    public void Compress_TwiceWithOneSeed_WritesTheSameBytes()
    {
        Compressor(32).Compress(Repository.Sample("coffee.png"), _folder.File("a.png"), replace: false);
        Compressor(32).Compress(Repository.Sample("coffee.png"), _folder.File("b.png"), replace: false);
        Assert.Equal(File.ReadAllBytes(_folder.File("a.png")), File.ReadAllBytes(_folder.File("b.png")));
    }

    [Fact]
    public void Compress_FewColors_IsLossless()
    {
        using (var stream = File.Create(_folder.File("flat.png")))
        {
            new PngEncoder().Encode(Pictures.Of(2, 2, new Rgba(1, 2, 3), new Rgba(4, 5, 6), new Rgba(7, 8, 9, 10), new Rgba(1, 2, 3)), stream, default);
        }

        var result = Compressor(4).Compress(_folder.File("flat.png"), _folder.File("out.png"), replace: false);

        Assert.Equal(CompressionStatus.Lossless, result.Status);
        Assert.Equal(double.PositiveInfinity, result.Psnr);
        Assert.Equal(Decode(_folder.File("flat.png")).Pixels.ToArray(), Decode(_folder.File("out.png")).Pixels.ToArray());
    }

    [Fact]
    public void Compress_Alpha_KeepsItsSoftEdges()
    {
        var disc = new PixelImage(128, 128);
        for (int i = 0; i < disc.Pixels.Length; i++)
        {
            double radius = Math.Sqrt(Math.Pow((i % 128) - 63.5, 2) + Math.Pow((i / 128) - 63.5, 2));
            byte alpha = (byte)Math.Clamp((60 - radius) * 32, 0, 255);
            disc.Pixels[i] = new Rgba((byte)(120 + (i % 128)), (byte)(i / 128), 40, alpha);
        }

        using (var stream = File.Create(_folder.File("disc.png")))
        {
            new PngEncoder().Encode(disc, stream, default);
        }

        var result = Compressor(64).Compress(_folder.File("disc.png"), _folder.File("out.png"), replace: false);

        Assert.Equal(default, result.Palette[0]);
        Assert.Contains(result.Palette, entry => entry.A is > 0 and < 255);
        Assert.Equal(255, result.Palette[^1].A);
        Assert.True(result.Psnr > 33, $"PSNR {result.Psnr}");
    }

    [Fact]
    public void Compress_BrokenPicture_LeavesNothing()
    {
        File.WriteAllBytes(_folder.File("cut.jpg"), File.ReadAllBytes(Repository.Sample("rocket.jpg"))[..50_000]);
        var fault = Assert.Throws<ImageFormatException>(() => Compressor(16).Compress(_folder.File("cut.jpg"), _folder.File("out.png"), replace: false));
        Assert.Equal(ImageFault.Broken, fault.Fault);
        Assert.Equal(["cut.jpg"], _folder.Names);
    }

    [Fact]
    public void Compress_Cancelled_LeavesNothing()
    {
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Compressor(16, new CancellationToken(canceled: true)).Compress(Repository.Sample("rocket.jpg"), _folder.File("out.png"), replace: false));
        Assert.Empty(_folder.Names);
    }
}
