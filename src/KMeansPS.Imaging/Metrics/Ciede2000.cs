using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Metrics;

/// <summary>
/// The colour difference CIEDE2000 with all parametric factors 1 (G. Sharma, W. Wu, E. N. Dalal, 2005, "The CIEDE2000
/// color-difference formula: Implementation notes, supplementary test data, and mathematical observations"). Hues are
/// kept as directions: the sines and cosines of the formula follow from them by the theorems on double and triple
/// angles, and only blue and its neighbours, where hue and chroma lean on each other, need an angle. That takes the
/// platform's mathematics library, so that the last digits may differ between platforms: a figure to report, and no
/// number to decide a result by without rounding it.
/// </summary>
public static class Ciede2000
{
    private const double Pow7Of25 = 6103515625;
    private const double Opposite = 1e-12;
    private const double Sin30 = 0.5;
    private const double Cos30 = 0.86602540378443865;
    private const double Sin6 = 0.10452846326765347;
    private const double Cos6 = 0.99452189536827333;
    private const double Sin63 = 0.89100652418836786;
    private const double Cos63 = 0.45399049973954675;
    private const double DegreesInRadian = 57.295779513082323;

    /// <summary>The difference between two colours: 0 for the same, about 1 where a person begins to see it.</summary>
    /// <param name="first">A colour.</param>
    /// <param name="second">Another; which one comes first does not matter.</param>
    public static double Difference(Lab first, Lab second)
    {
        double stretch = 1 + (0.5 * (1 - ChromaWeight((Length(first.A, first.B) + Length(second.A, second.B)) / 2)));
        double a1 = first.A * stretch;
        double a2 = second.A * stretch;
        double chroma1 = Length(a1, first.B);
        double chroma2 = Length(a2, second.B);
        double meanChroma = (chroma1 + chroma2) / 2;
        var (cos, sin) = MeanHue(a1, first.B, chroma1, a2, second.B, chroma2);

        double lightness = ((first.L + second.L) / 2) - 50;
        lightness *= lightness;
        double lightnessTerm = (second.L - first.L) / (1 + (0.015 * lightness / Math.Sqrt(20 + lightness)));
        double chromaTerm = (chroma2 - chroma1) / (1 + (0.045 * meanChroma));
        double hueTerm = HueDifference(a1, first.B, a2, second.B, chroma1 * chroma2) / (1 + (0.015 * meanChroma * HueWeight(cos, sin)));
        double sum = (lightnessTerm * lightnessTerm) + (chromaTerm * chromaTerm) + (hueTerm * hueTerm)
            - (SineOfRotation(cos, sin) * 2 * ChromaWeight(meanChroma) * chromaTerm * hueTerm);
        return Math.Sqrt(Math.Max(sum, 0));
    }

    // The square root of c^7 / (c^7 + 25^7).
    private static double ChromaWeight(double chroma)
    {
        double cube = chroma * chroma * chroma;
        double pow7 = cube * cube * chroma;
        return Math.Sqrt(pow7 / (pow7 + Pow7Of25));
    }

    // 2 sqrt(C1 C2) sin(dh / 2), in the one of two forms that does not cancel.
    private static double HueDifference(double a1, double b1, double a2, double b2, double chromas)
    {
        double dot = (a1 * a2) + (b1 * b2);
        double cross = (a1 * b2) - (b1 * a2);
        if (dot > 0)
        {
            return cross * Math.Sqrt(2 / (chromas + dot));
        }

        double size = Math.Sqrt(2 * Math.Max(chromas - dot, 0));
        return cross < 0 ? -size : size;
    }

    // The direction halfway between two hues. A grey has none, and leaves that of the other.
    private static (double Cos, double Sin) MeanHue(double a1, double b1, double chroma1, double a2, double b2, double chroma2)
    {
        if (chroma1 == 0 || chroma2 == 0)
        {
            double chroma = chroma1 + chroma2;
            return chroma == 0 ? (1, 0) : ((a1 + a2) / chroma, (b1 + b2) / chroma);
        }

        double cos = (a1 / chroma1) + (a2 / chroma2);
        double sin = (b1 / chroma1) + (b2 / chroma2);
        double length = Length(cos, sin);
        if (length > Opposite)
        {
            return (cos / length, sin / length);
        }

        // Opposite hues: a quarter turn on from the one that lies below 180 degrees.
        bool firstIsLower = b1 > 0 || (b1 == 0 && a1 > 0);
        return firstIsLower ? (-b1 / chroma1, a1 / chroma1) : (-b2 / chroma2, a2 / chroma2);
    }

    // 1 - 0.17 cos(h - 30) + 0.24 cos(2 h) + 0.32 cos(3 h + 6) - 0.20 cos(4 h - 63), in degrees.
    private static double HueWeight(double cos, double sin)
    {
        double cos2 = (cos * cos) - (sin * sin);
        double sin2 = 2 * sin * cos;
        double cos3 = (cos2 * cos) - (sin2 * sin);
        double sin3 = (sin2 * cos) + (cos2 * sin);
        double cos4 = (cos2 * cos2) - (sin2 * sin2);
        double sin4 = 2 * sin2 * cos2;
        return 1 - (0.17 * ((cos * Cos30) + (sin * Sin30))) + (0.24 * cos2)
            + (0.32 * ((cos3 * Cos6) - (sin3 * Sin6))) - (0.20 * ((cos4 * Cos63) + (sin4 * Sin63)));
    }

    // The sine of 60 exp(-((h - 275) / 25)^2) degrees; below 120 degrees it is less than a double can tell from 0 here.
    private static double SineOfRotation(double cos, double sin)
    {
        if (sin >= 0 && cos >= -0.5)
        {
            return 0;
        }

        double hue = Math.Atan2(sin, cos) * DegreesInRadian;
        double distance = ((hue < 0 ? hue + 360 : hue) - 275) / 25;
        return Math.Sin(60 / DegreesInRadian * Math.Exp(-distance * distance));
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
