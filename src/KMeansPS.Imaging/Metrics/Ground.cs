namespace KMeansPS.Imaging.Metrics;

/// <summary>
/// What lies behind a picture when it is looked at. Pictures with alpha are compared over black and over white, and the
/// mean of both counts, as the quantizer does it; opaque ones look the same over any ground.
/// </summary>
internal static class Ground
{
    private const int Black = 0;
    private const int White = 255;
    private static readonly int[] Any = [Black];
    private static readonly int[] BlackAndWhite = [Black, White];

    /// <summary>The levels of the grounds over which two pictures have to be compared.</summary>
    internal static ReadOnlySpan<int> For(bool opaque) => opaque ? Any : BlackAndWhite;

    /// <summary>The level that is seen where a channel lies over a ground; whole wherever the colour is opaque.</summary>
    internal static double Seen(int channel, int alpha, int ground) => ((channel * alpha) + (ground * (255 - alpha))) / 255.0;

    internal static bool AreOpaque(PixelImage first, PixelImage second, CancellationToken cancellationToken) =>
        IsOpaque(first, cancellationToken) && IsOpaque(second, cancellationToken);

    /// <summary>Refuses pictures of two sizes.</summary>
    internal static void RequireOneSize(PixelImage first, PixelImage second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Width != second.Width || first.Height != second.Height)
        {
            throw new ArgumentException($"The pictures differ in size: {first.Width} x {first.Height} and {second.Width} x {second.Height}.", nameof(second));
        }
    }

    private static bool IsOpaque(PixelImage image, CancellationToken cancellationToken)
    {
        for (int y = 0; y < image.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int alphas = 255;
            foreach (var pixel in image.Row(y))
            {
                alphas &= pixel.A;
            }

            if (alphas != 255)
            {
                return false;
            }
        }

        return true;
    }
}
