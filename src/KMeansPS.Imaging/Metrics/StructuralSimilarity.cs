namespace KMeansPS.Imaging.Metrics;

/// <summary>
/// The mean structural similarity, SSIM (Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, 2004, "Image quality
/// assessment: from error visibility to structural similarity"): a Gaussian window of 11 x 11 pixels and sigma 1.5,
/// K1 = 0.01, K2 = 0.03, levels 0 to 255, over the windows that lie wholly in the picture, and the mean of the channels
/// R, G and B. It is what <c>structural_similarity</c> of scikit-image gives with gaussian_weights, sigma 1.5 and
/// without use_sample_covariance.
/// </summary>
public static class StructuralSimilarity
{
    private const int Channels = 3;

    /// <summary>
    /// The mean similarity of two pictures of one size: 1 for the same; NaN where a side has fewer than 11 pixels, so
    /// that no window fits. Where a picture has alpha, the mean of those over a black and over a white ground.
    /// </summary>
    /// <param name="first">A picture.</param>
    /// <param name="second">Another of the same width and height.</param>
    /// <param name="parallel">Threads, and the token, looked at for every tile of 64 x 64 pixels.</param>
    /// <exception cref="ArgumentException">The pictures differ in size.</exception>
    public static double Of(PixelImage first, PixelImage second, ParallelOptions? parallel = null)
    {
        Ground.RequireOneSize(first, second);
        parallel ??= new ParallelOptions();
        int width = first.Width - SimilarityTile.Border;
        int height = first.Height - SimilarityTile.Border;
        if (width < 1 || height < 1)
        {
            return double.NaN;
        }

        bool opaque = Ground.AreOpaque(first, second, parallel.CancellationToken);
        int across = (width + SimilarityTile.Size - 1) / SimilarityTile.Size;
        int down = (height + SimilarityTile.Size - 1) / SimilarityTile.Size;
        var sums = new double[across * down];
        Parallel.For(0, sums.Length, parallel, () => new SimilarityTile(first, second), (i, _, tile) =>
        {
            tile.Place(i % across * SimilarityTile.Size, i / across * SimilarityTile.Size);
            foreach (int ground in Ground.For(opaque))
            {
                for (int channel = 0; channel < Channels; channel++)
                {
                    sums[i] += tile.Sum(channel, ground);
                }
            }

            return tile;
        }, _ => { });
        return sums.Sum() / ((double)width * height * Channels * Ground.For(opaque).Length);
    }
}
