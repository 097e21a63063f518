using System.Diagnostics;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Compression;

/// <summary>The main job: a picture file in, an indexed PNG of at most K colours out.</summary>
/// <param name="reader">Reads the pictures.</param>
/// <param name="encoder">Writes the results.</param>
/// <param name="options">K and the clustering.</param>
/// <param name="decoding">Limits on what is read.</param>
/// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
public sealed class ImageCompressor(
    ImageReader reader, IImageEncoder encoder, QuantizerOptions options, DecoderOptions? decoding = null, ParallelOptions? parallel = null)
{
    private readonly ParallelOptions _parallel = parallel ?? new ParallelOptions();

    /// <summary>Compresses one picture.</summary>
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
        var (quantized, decoder, warnings, sourceBytes) = Quantize(source, progress);
        long compressedBytes = WholeFile.Write(destination, replace,
            stream => encoder.Encode(quantized.Image, stream, _parallel.CancellationToken));
        return new CompressionResult
        {
            Source = source,
            Destination = destination,
            Status = quantized.IsLossless ? CompressionStatus.Lossless : CompressionStatus.Compressed,
            Decoder = decoder,
            Width = quantized.Image.Width,
            Height = quantized.Image.Height,
            K = options.K,
            SourceColorCount = quantized.SourceColorCount,
            SourceBytes = sourceBytes,
            CompressedBytes = compressedBytes,
            Mse = quantized.Mse,
            Inertia = quantized.Inertia,
            FitElapsed = quantized.FitElapsed,
            Iterations = quantized.Iterations,
            Converged = quantized.Converged,
            Elapsed = watch.Elapsed,
            Palette = quantized.Image.Palette,
            Warnings = warnings,
        };
    }

    // A method of its own, so that the pixels are free to go before the file is written.
    private (QuantizedImage Quantized, string Decoder, IReadOnlyList<string> Warnings, long SourceBytes) Quantize(
        string source, IProgress<KMeansProgress>? progress)
    {
        using var stream = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        var decoded = reader.Read(stream, decoding, _parallel.CancellationToken);
        var quantized = new ColorQuantizer(options, _parallel).Quantize(decoded.Image, progress);
        return (quantized, decoded.Decoder, decoded.Image.Warnings, stream.Length);
    }
}
