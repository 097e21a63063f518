namespace KMeansPS.Imaging.ColorSpaces;

/// <summary>The curve of sRGB, from levels to light and back (IEC 61966-2-1, 1999).</summary>
internal static class SrgbCurve
{
    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(level => Decode(level / 255.0))];

    // The light half-way, as levels go, from each level to the next.
    private static readonly double[] Borders = [.. Enumerable.Range(0, 255).Select(level => Decode((level + 0.5) / 255))];

    /// <summary>The light of a level of 8 bits, 0 to 1.</summary>
    internal static double ToLinear(byte level) => Linear[level];

    /// <summary>The light of a level that need not be whole.</summary>
    /// <param name="level">0 to 255.</param>
    internal static double ToLinear(double level)
    {
        byte whole = (byte)level;
        return whole == level ? Linear[whole] : Decode(level / 255);
    }

    /// <summary>The level of 8 bits that is nearest to a light; 0 and 255 where the light is outside 0 to 1.</summary>
    internal static byte ToLevel(double light)
    {
        int level = 0;
        for (int step = 128; step > 0; step /= 2)
        {
            if (light >= Borders[level + step - 1])
            {
                level += step;
            }
        }

        return (byte)level;
    }

    private static double Decode(double value)
    {
        if (value <= 0.04045)
        {
            return value / 12.92;
        }

        // x to the power of 2.4 is x squared times the fifth root of x squared.
        double x = (value + 0.055) / 1.055;
        double square = x * x;
        return square * Roots.Fifth(square);
    }
}
