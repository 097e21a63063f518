namespace KMeansPS.Imaging.Metrics;

/// <summary>How far a picture is from its original.</summary>
public static class ImageError
{
    /// <summary>The peak signal-to-noise ratio in decibels, 10 log10(255^2 / MSE); infinite where there is no error.</summary>
    /// <param name="mse">The mean squared error, in squared levels of 0 to 255.</param>
    public static double Psnr(double mse)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mse);
        return mse == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255.0 / mse);
    }

    /// <summary>The mean squared error over all pixels and the channels R, G and B of two opaque pictures of one size.</summary>
    /// <param name="first">A picture.</param>
    /// <param name="second">Another of the same width and height.</param>
    public static double Mse(PixelImage first, PixelImage second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Width != second.Width || first.Height != second.Height)
        {
            throw new ArgumentException($"The pictures differ in size: {first.Width} x {first.Height} and {second.Width} x {second.Height}.", nameof(second));
        }

        long sum = 0;
        var others = second.Pixels;
        for (int i = 0; i < others.Length; i++)
        {
            var (a, b) = (first.Pixels[i], others[i]);
            int red = a.R - b.R;
            int green = a.G - b.G;
            int blue = a.B - b.B;
            sum += (red * red) + (green * green) + (blue * blue);
        }

        return sum / (3.0 * others.Length);
    }
}
