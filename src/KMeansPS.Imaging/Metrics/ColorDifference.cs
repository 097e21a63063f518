namespace KMeansPS.Imaging.Metrics;

/// <summary>How far the colours of a picture are from those of its original, as a person sees them.</summary>
/// <param name="Mean">The mean of the CIEDE2000 differences of all pixels.</param>
/// <param name="Percentile95">What 95 percent of the pixels do not exceed; between two pixels it is interpolated, as <c>numpy.percentile</c> does.</param>
public readonly record struct ColorDifference(double Mean, double Percentile95)
{
    private const int PixelsInBlock = 1 << 14;

    /// <summary>
    /// Compares two pictures of one size pixel by pixel. Where a pixel has alpha, its difference is the mean of those
    /// over a black and over a white ground. Takes four bytes a pixel.
    /// </summary>
    /// <param name="first">A picture.</param>
    /// <param name="second">Another of the same width and height.</param>
    /// <param name="parallel">Threads, and the token, looked at for every block of pixels.</param>
    /// <exception cref="ArgumentException">The pictures differ in size.</exception>
    public static ColorDifference Of(PixelImage first, PixelImage second, ParallelOptions? parallel = null)
    {
        Ground.RequireOneSize(first, second);
        parallel ??= new ParallelOptions();
        var differences = GC.AllocateUninitializedArray<float>(first.Pixels.Length);
        var sums = new double[(differences.Length + PixelsInBlock - 1) / PixelsInBlock];
        Parallel.For(0, sums.Length, parallel, static () => new DifferenceCache(), (block, _, cache) =>
        {
            int start = block * PixelsInBlock;
            int count = Math.Min(PixelsInBlock, differences.Length - start);
            sums[block] = cache.Compare(first.Pixels.Slice(start, count), second.Pixels.Slice(start, count), differences.AsSpan(start, count));
            return cache;
        }, static _ => { });
        return new ColorDifference(sums.Sum() / differences.Length, Percentile.Of(differences, 0.95, parallel.CancellationToken));
    }
}
