using System.Diagnostics;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Compression;

/// <summary>The main job: a picture file in, an indexed PNG of at most K colours out.</summary>
public sealed class ImageCompressor
{
    private readonly ImageReader _reader;
    private readonly IImageEncoder _encoder;
    private readonly CompressionOptions _options;
    private readonly ParallelOptions _parallel;

    /// <summary>Makes ready to compress.</summary>
    /// <param name="reader">Reads the pictures.</param>
    /// <param name="encoder">Writes the results.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public ImageCompressor(ImageReader reader, IImageEncoder encoder, CompressionOptions? options = null, ParallelOptions? parallel = null)
    {
        _reader = reader;
        _encoder = encoder;
        _options = options ?? new CompressionOptions();
        _options.Validate();
        _parallel = parallel ?? new ParallelOptions();
    }

    /// <summary>Whether a picture will be passed over because it was made here before.</summary>
    /// <param name="source">The full path of the picture. One that cannot be read is none.</param>
    public bool PassesOver(string source)
    {
        try
        {
            using var stream = Open(source);
            return PassesOver(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>How many pixels a picture has by its head; 0 where that cannot be read.</summary>
    /// <param name="source">The full path of the picture.</param>
    public long CountPixels(string source)
    {
        try
        {
            using var stream = Open(source);
            return _reader.Identify(stream, _parallel.CancellationToken).PixelCount;
        }
        catch (Exception e) when (e is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>The colours of a picture, for a palette that several share; null for one that will be passed over.</summary>
    /// <param name="source">The full path of the picture.</param>
    /// <exception cref="ImageFormatException">The picture cannot be read.</exception>
    public ColorHistogram? CountColors(string source)
    {
        using var stream = Open(source);
        return PassesOver(stream) ? null : ColorHistogram.Of(_reader.Read(stream, _options.Decoding, _parallel.CancellationToken).Image, _parallel);
    }

    /// <summary>Compresses one picture, unless its result would be of no use: see <see cref="CompressionStatus"/>.</summary>
    /// <param name="source">The full path of the picture.</param>
    /// <param name="destination">The full path of the PNG, from a <see cref="DestinationPlan"/>.</param>
    /// <param name="replace">Whether a file that is there already may be replaced.</param>
    /// <param name="progress">Told after each iteration of the clustering.</param>
    /// <exception cref="ImageFormatException">The picture cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written.</exception>
    public CompressionResult Compress(string source, string destination, bool replace, IProgress<KMeansProgress>? progress = null)
    {
        var watch = Stopwatch.StartNew();
        var work = Quantize(source, progress);
        var (status, bytes) = Write(work, destination, replace);
        var quantized = work.Quantized;
        return new CompressionResult
        {
            Source = source,
            Destination = destination,
            Status = status,
            Decoder = work.Decoder,
            Width = quantized.Image.Width,
            Height = quantized.Image.Height,
            K = work.K,
            SourceColorCount = quantized.SourceColorCount,
            SourceBytes = work.SourceBytes,
            CompressedBytes = bytes,
            Mse = quantized.Mse,
            Inertia = quantized.Inertia,
            FitElapsed = quantized.FitElapsed,
            Iterations = quantized.Iterations,
            Converged = quantized.Converged,
            Elapsed = watch.Elapsed,
            Palette = quantized.Image.Palette,
            Warnings = work.Warnings,
        };
    }

    private static FileStream Open(string source) => new(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);

    private bool PassesOver(Stream stream) => !_options.Recompress && PngMark.IsIn(stream);

    private (CompressionStatus Status, long Bytes) Write(Work work, string destination, bool replace)
    {
        switch (work.Status)
        {
            case CompressionStatus.AlreadyCompressed:
                return (work.Status, work.SourceBytes);
            case CompressionStatus.TargetMissed:
                return (work.Status, CountedStream.LengthOf(work.Quantized.Image, _encoder, _parallel.CancellationToken));
            default:
                bool IsOfUse(long length) => _options.AllowLarger || length <= work.SourceBytes;
                long bytes = WholeFile.Write(destination, replace, stream => _encoder.Encode(work.Quantized.Image, stream, _parallel.CancellationToken), IsOfUse);
                return (IsOfUse(bytes) ? work.Status : CompressionStatus.LargerThanSource, bytes);
        }
    }

    // A method of its own, so that the pixels are free to go before the file is written.
    private Work Quantize(string source, IProgress<KMeansProgress>? progress)
    {
        using var stream = Open(source);
        bool passedOver = PassesOver(stream);
        var decoded = _reader.Read(stream, _options.Decoding, _parallel.CancellationToken);
        var work = new Work(decoded.Decoder, _options.Quantizer.K, stream.Length, decoded.Image.Warnings);
        if (passedOver)
        {
            return work with { Quantized = new ColorQuantizer(new QuantizerOptions { K = Palette.MaxCount }, _parallel).Quantize(decoded.Image), Status = CompressionStatus.AlreadyCompressed };
        }

        if (!_options.HasTarget)
        {
            var quantized = new ColorQuantizer(_options.Quantizer, _parallel).Quantize(decoded.Image, progress);
            return work with { Quantized = quantized, Status = quantized.IsLossless ? CompressionStatus.Lossless : CompressionStatus.Compressed };
        }

        var (found, k, missing) = new TargetSearch(decoded.Image, _options, _encoder, _parallel).Find(progress);
        return work with
        {
            Quantized = found,
            K = k,
            Status = missing is not null ? CompressionStatus.TargetMissed : found.IsLossless ? CompressionStatus.Lossless : CompressionStatus.Compressed,
            Warnings = missing is null ? work.Warnings : [.. work.Warnings, $"Nothing was written: {missing}"],
        };
    }

    private sealed record Work(string Decoder, int K, long SourceBytes, IReadOnlyList<string> Warnings)
    {
        public QuantizedImage Quantized { get; init; } = null!;

        public CompressionStatus Status { get; init; }
    }
}
