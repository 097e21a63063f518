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

    private static ImageCompressor Compressor(int k, CancellationToken cancellationToken = default) =>
        Compressor(new CompressionOptions { Quantizer = new QuantizerOptions { K = k }, AllowLarger = true }, cancellationToken);

    private static ImageCompressor Compressor(CompressionOptions options, CancellationToken cancellationToken = default) => new(
        new ImageReader(BuiltInCodecs.Decoders), new PngEncoder(), options, new ParallelOptions { CancellationToken = cancellationToken });

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
    public void Compress_WhatWouldGrow_IsNotWrittenUnlessAllowed()
    {
        string source = _folder.File("flat.png");
        using (var stream = File.Create(source))
        {
            new PngEncoder().Encode(Pictures.Of(1, 1, new Rgba(1, 2, 3)), stream, default); // no palette, no mark: smaller than ours can be
        }

        File.WriteAllText(_folder.File("out.png"), "kept");
        var refused = Compressor(new CompressionOptions()).Compress(source, _folder.File("out.png"), replace: true);
        Assert.Equal((CompressionStatus.LargerThanSource, false), (refused.Status, refused.IsWritten));
        Assert.Equal("kept", File.ReadAllText(_folder.File("out.png")));
        Assert.Equal(["flat.png", "out.png"], _folder.Names);

        var allowed = Compressor(new CompressionOptions { AllowLarger = true }).Compress(source, _folder.File("out.png"), replace: true);
        Assert.Equal((CompressionStatus.Lossless, true), (allowed.Status, allowed.IsWritten));
        Assert.Equal(new FileInfo(_folder.File("out.png")).Length, allowed.CompressedBytes);
        Assert.Equal(refused.CompressedBytes, allowed.CompressedBytes);
    }

    [Fact]
    public void Compress_WhatWasMadeHere_IsPassedOverUnlessAskedFor()
    {
        Compressor(8).Compress(Repository.Sample("coffee.png"), _folder.File("a.png"), replace: false);
        Assert.True(Compressor(4).PassesOver(_folder.File("a.png")));
        Assert.False(Compressor(4).PassesOver(_folder.File("gone.png")));
        var passedOver = Compressor(4).Compress(_folder.File("a.png"), _folder.File("b.png"), replace: false);
        Assert.Equal((CompressionStatus.AlreadyCompressed, false, 8), (passedOver.Status, passedOver.IsWritten, passedOver.ColorCount));
        Assert.Equal(["a.png"], _folder.Names);

        var again = Compressor(new CompressionOptions { Quantizer = new QuantizerOptions { K = 4 }, Recompress = true }).Compress(_folder.File("a.png"), _folder.File("b.png"), replace: false);
        Assert.Equal((CompressionStatus.Compressed, 4), (again.Status, again.ColorCount));
    }

    [Fact]
    public void Compress_ToATargetPsnr_TakesTheFewestColorsThatReachIt()
    {
        double PsnrAt(int k) => ImageError.Psnr(new ColorQuantizer(new QuantizerOptions { K = k }).Quantize(Pictures.Sample("chelsea.png")).Mse);
        var result = Compressor(new CompressionOptions { Quantizer = new QuantizerOptions { K = 64 }, TargetPsnr = 32 }).Compress(Repository.Sample("chelsea.png"), _folder.File("out.png"), replace: false);
        Assert.Equal(CompressionStatus.Compressed, result.Status);
        Assert.Equal(PsnrAt(result.K), result.Psnr, 1e-9);
        Assert.InRange(result.Psnr, 32, 32.5);
        Assert.All([1, 2, 3], less => Assert.True(PsnrAt(result.K - less) < 32));
    }

    [Fact]
    public void Compress_ToASize_TakesAsManyColorsAsFit()
    {
        long SizeAt(int k) => Compressor(k).Compress(Repository.Sample("chelsea.png"), _folder.File($"{k}.png"), replace: false).CompressedBytes;
        var result = Compressor(new CompressionOptions { Quantizer = new QuantizerOptions { K = 64 }, MaxBytes = 30_000 }).Compress(Repository.Sample("chelsea.png"), _folder.File("out.png"), replace: false);
        Assert.Equal(CompressionStatus.Compressed, result.Status);
        Assert.Equal(new FileInfo(_folder.File("out.png")).Length, result.CompressedBytes);
        Assert.Equal(SizeAt(result.K), result.CompressedBytes);
        Assert.InRange(result.CompressedBytes, 1, 30_000);
        Assert.All([1, 2, 3], more => Assert.True(SizeAt(result.K + more) > 30_000));
    }

    [Theory]
    [InlineData(1000.0, null, "256 colours reach")]
    [InlineData(null, 10L, "even 1 colour")]
    [InlineData(35.0, 20_000L, "more than the 20000")]
    public void Compress_ToWhatCannotBeMet_SaysSoAndWritesNothing(double? psnr, long? bytes, string expected)
    {
        var options = new CompressionOptions { Quantizer = new QuantizerOptions { K = 256 }, TargetPsnr = psnr, MaxBytes = bytes };
        var result = Compressor(options).Compress(Repository.Sample("chelsea.png"), _folder.File("out.png"), replace: false);
        Assert.Equal(CompressionStatus.TargetMissed, result.Status);
        Assert.Contains(expected, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void CompressionOptions_ThatMakeNoSense_AreRefused()
    {
        var palette = new QuantizerOptions { Palette = new Palette([new Rgba(1, 2, 3)]) };
        Assert.Throws<ArgumentException>(() => Compressor(new CompressionOptions { Quantizer = palette, TargetPsnr = 30 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Compressor(new CompressionOptions { TargetPsnr = double.NaN }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Compressor(new CompressionOptions { TargetPsnr = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Compressor(new CompressionOptions { MaxBytes = 0 }));
    }

    [Fact]
    public void CountPixels_GoesByTheHead_AndIsZeroWhereThereIsNone()
    {
        File.WriteAllText(_folder.File("text.png"), "no picture");
        Assert.Equal(640 * 427, Compressor(4).CountPixels(Repository.Sample("rocket.jpg")));
        Assert.Equal(0, Compressor(4).CountPixels(_folder.File("text.png")));
        Assert.Equal(0, Compressor(4).CountPixels(_folder.File("gone.png")));
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
