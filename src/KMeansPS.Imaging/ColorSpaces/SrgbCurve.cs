namespace KMeansPS.Imaging.ColorSpaces;

/// <summary>The curve of sRGB, from levels to light (IEC 61966-2-1, 1999).</summary>
internal static class SrgbCurve
{
    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(level => Decode(level / 255.0))];

    /// <summary>The light of a level of 8 bits, 0 to 1.</summary>
    internal static double ToLinear(byte level) => Linear[level];

    /// <summary>The light of a level that need not be whole.</summary>
    /// <param name="level">0 to 255.</param>
    internal static double ToLinear(double level)
    {
        byte whole = (byte)level;
        return whole == level ? Linear[whole] : Decode(level / 255);
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
