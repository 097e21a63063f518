namespace KMeansPS.Imaging.Metrics;

/// <summary>
/// How far a picture is from its original, by four measures. Where one of them has alpha, each is the mean of what it is
/// over a black and over a white ground, and what cannot be seen does not count.
/// </summary>
public sealed record ImageComparison
{
    /// <summary>The full path of the original; null where it came from no file.</summary>
    public string? Reference { get; init; }

    /// <summary>The full path of what became of it; null where it came from no file.</summary>
    public string? Difference { get; init; }

    /// <summary>Columns of both pictures.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of both pictures.</summary>
    public required int Height { get; init; }

    /// <summary>The mean squared error, in squared levels; see <see cref="ImageError.Mse"/>.</summary>
    public required double Mse { get; init; }

    /// <summary>The peak signal-to-noise ratio in decibels; infinite where nothing differs.</summary>
    public double Psnr => ImageError.Psnr(Mse);

    /// <summary>The mean structural similarity, 1 where nothing differs; see <see cref="StructuralSimilarity.Of"/>.</summary>
    public required double Ssim { get; init; }

    /// <summary>The mean CIEDE2000 difference; see <see cref="ColorDifference.Of"/>.</summary>
    public required double MeanDeltaE { get; init; }

    /// <summary>The CIEDE2000 difference that 95 percent of the pixels do not exceed.</summary>
    public required double DeltaE95 { get; init; }

    /// <summary>Compares two pictures of one size.</summary>
    /// <param name="reference">The original.</param>
    /// <param name="difference">What became of it.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <exception cref="ArgumentException">The pictures differ in size.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImageComparison Of(PixelImage reference, PixelImage difference, ParallelOptions? parallel = null)
    {
        double mse = ImageError.Mse(reference, difference, parallel);
        double similarity = StructuralSimilarity.Of(reference, difference, parallel);
        var colors = ColorDifference.Of(reference, difference, parallel);
        return new ImageComparison
        {
            Width = reference.Width,
            Height = reference.Height,
            Mse = mse,
            Ssim = similarity,
            MeanDeltaE = colors.Mean,
            DeltaE95 = colors.Percentile95,
        };
    }
}
