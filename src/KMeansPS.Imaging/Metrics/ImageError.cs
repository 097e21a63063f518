namespace KMeansPS.Imaging.Metrics;

/// <summary>How far a picture is from its original, in squared levels.</summary>
public static class ImageError
{
    /// <summary>The peak signal-to-noise ratio in decibels, 10 log10(255^2 / MSE); infinite where there is no error.</summary>
    /// <param name="mse">The mean squared error, in squared levels of 0 to 255.</param>
    public static double Psnr(double mse)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mse);
        return mse == 0 ? double.PositiveInfinity : 10 * Math.Log10(255.0 * 255.0 / mse);
    }

    /// <summary>
    /// The mean squared error over all pixels and the channels R, G and B of two pictures of one size; where one has
    /// alpha, the mean of the errors over a black and over a white ground.
    /// </summary>
    /// <param name="first">A picture.</param>
    /// <param name="second">Another of the same width and height.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <exception cref="ArgumentException">The pictures differ in size.</exception>
    public static double Mse(PixelImage first, PixelImage second, ParallelOptions? parallel = null)
    {
        Ground.RequireOneSize(first, second);
        var sums = new long[first.Height];
        Parallel.For(0, sums.Length, parallel ?? new ParallelOptions(), y => sums[y] = TwiceTheSquares(first.Row(y), second.Row(y)));
        var sum = Int128.Zero;
        foreach (long row in sums)
        {
            sum += row;
        }

        return (double)sum / (2 * 3 * 255.0 * 255.0) / ((double)first.Width * first.Height);
    }

    // The squared errors over black and over white, in 255ths of a level: whole numbers, whose sum has no rounding.
    private static long TwiceTheSquares(ReadOnlySpan<Rgba> first, ReadOnlySpan<Rgba> second)
    {
        long sum = 0;
        for (int x = 0; x < first.Length; x++)
        {
            var (a, b) = (first[x], second[x]);
            if (a == b)
            {
                continue;
            }

            int white = 255 * (a.A - b.A);
            sum += Squares((a.R * a.A) - (b.R * b.A), white) + Squares((a.G * a.A) - (b.G * b.A), white) + Squares((a.B * a.A) - (b.B * b.A), white);
        }

        return sum;
    }

    private static long Squares(int overBlack, int white)
    {
        long overWhite = overBlack - white;
        return ((long)overBlack * overBlack) + (overWhite * overWhite);
    }
}
