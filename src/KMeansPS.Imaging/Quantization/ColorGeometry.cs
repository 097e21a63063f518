namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Colours as points whose squared Euclidean distance is the error that a person could see. Opaque colours are their
/// R, G and B. Colours with alpha are four coordinates whose squared distance is the mean of the squared errors over a
/// black and over a white ground: with p the channels times a / 255, the error over black is the change of p, that over
/// white the change of p - a, and the mean of their squares is that of p - a / 2 plus a quarter of that of a, for each
/// of the three channels.
/// </summary>
internal static class ColorGeometry
{
    // Half the square root of 3: three channels, a quarter of the squared change of alpha each.
    private const float AlphaScale = 0.8660254f;

    internal static int Dimension(bool opaque) => opaque ? 3 : 4;

    /// <summary>n colours as n points.</summary>
    internal static PointSet<float> ToPoints(ReadOnlySpan<Rgba> colors, bool opaque, ReadOnlySpan<int> counts = default)
    {
        int d = Dimension(opaque);
        var values = GC.AllocateUninitializedArray<float>(colors.Length * d);
        for (int i = 0; i < colors.Length; i++)
        {
            var color = colors[i];
            var point = values.AsSpan(i * d, d);
            if (opaque)
            {
                (point[0], point[1], point[2]) = (color.R, color.G, color.B);
            }
            else
            {
                float share = color.A / 255f;
                float half = color.A / 2f;
                (point[0], point[1], point[2]) = ((color.R * share) - half, (color.G * share) - half, (color.B * share) - half);
                point[3] = color.A * AlphaScale;
            }
        }

        double[]? weights = null;
        if (!counts.IsEmpty)
        {
            weights = GC.AllocateUninitializedArray<double>(counts.Length);
            for (int i = 0; i < counts.Length; i++)
            {
                weights[i] = counts[i];
            }
        }

        return new PointSet<float>(values, d, weights);
    }

    /// <summary>The colour of 8 bits a channel that lies nearest to a point, channel by channel.</summary>
    internal static Rgba ToColor(ReadOnlySpan<float> point)
    {
        if (point.Length == 3)
        {
            return new Rgba(ToByte(point[0]), ToByte(point[1]), ToByte(point[2]));
        }

        float alpha = point[3] / AlphaScale;
        byte a = ToByte(alpha);
        if (a == 0)
        {
            return default;
        }

        float half = alpha / 2;
        float full = 255f / alpha;
        return new Rgba(ToByte((point[0] + half) * full), ToByte((point[1] + half) * full), ToByte((point[2] + half) * full), a);
    }

    /// <summary>Exact for opaque colours, whose coordinates are whole numbers.</summary>
    internal static double SquaredDistance(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (int j = 0; j < first.Length; j++)
        {
            double difference = (double)first[j] - second[j];
            sum += difference * difference;
        }

        return sum;
    }

    private static byte ToByte(float channel) => (byte)Math.Clamp(channel + 0.5f, 0f, 255f);
}
