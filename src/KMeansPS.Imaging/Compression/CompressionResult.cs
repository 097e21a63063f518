using KMeansPS.Imaging.Metrics;

namespace KMeansPS.Imaging.Compression;

/// <summary>One picture that was compressed: what it was, what it is, and what that cost.</summary>
public sealed record CompressionResult
{
    /// <summary>The full path of the file that was read.</summary>
    public required string Source { get; init; }

    /// <summary>The full path of the file that was written, or would have been.</summary>
    public required string Destination { get; init; }

    /// <summary>What became of the picture.</summary>
    public required CompressionStatus Status { get; init; }

    /// <summary>Whether there is a file at the destination.</summary>
    public bool IsWritten => Status is CompressionStatus.Compressed or CompressionStatus.Lossless;

    /// <summary>The name of the decoder that read the source.</summary>
    public required string Decoder { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>The number of colours that was asked for, or that was found to meet the target.</summary>
    public required int K { get; init; }

    /// <summary>How many distinct colours the source has.</summary>
    public required int SourceColorCount { get; init; }

    /// <summary>How many colours the result has, at most K; those of a given or shared palette whether pixels have them or not.</summary>
    public int ColorCount => Palette.Count;

    /// <summary>The size of the source file.</summary>
    public required long SourceBytes { get; init; }

    /// <summary>The size of the pixels at 24 bits each.</summary>
    public long RawBytes => 3L * Width * Height;

    /// <summary>The size of the file that was written, or would have been; that of the source where it was passed over.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>Source bytes for each compressed byte: above 1 where the file became smaller.</summary>
    public double Ratio => (double)SourceBytes / CompressedBytes;

    /// <summary>Raw bytes for each compressed byte.</summary>
    public double RawRatio => (double)RawBytes / CompressedBytes;

    /// <summary>The mean squared error over all pixels and the channels R, G and B; see <see cref="Quantization.QuantizedImage.Mse"/>.</summary>
    public required double Mse { get; init; }

    /// <summary>The peak signal-to-noise ratio in decibels; infinite where nothing was lost.</summary>
    public double Psnr => ImageError.Psnr(Mse);

    /// <summary>The inertia of the clusters of colours before their centroids are rounded; 0 where nothing was clustered.</summary>
    public double Inertia { get; init; }

    /// <summary>The time of the clustering alone.</summary>
    public TimeSpan FitElapsed { get; init; }

    /// <summary>How many rounds the clustering took.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether the clustering ended by its rule and not by its limit of iterations.</summary>
    public required bool Converged { get; init; }

    /// <summary>The time from opening the source to closing the destination.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The colours of the result.</summary>
    public required Palette Palette { get; init; }

    /// <summary>What a person should know of the reading of the source, such as a colour profile that had to be dropped.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
