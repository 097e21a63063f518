namespace KMeansPS.Imaging.ColorSpaces;

/// <summary>
/// A colour in CIELAB as print and ICC profiles have it: under the white D50 (0.96422, 1, 0.82521), from which Bradford's
/// adaptation leads to the D65 of sRGB. The matrix has both in one (B. Lindbloom, "RGB/XYZ Matrices").
/// </summary>
/// <param name="L">Lightness, 0 for black to 100 for white.</param>
/// <param name="A">From green, below 0, to red.</param>
/// <param name="B">From blue, below 0, to yellow.</param>
internal readonly record struct PrintLab(double L, double A, double B)
{
    /// <summary>The opaque colour of sRGB whose levels are nearest, each for itself. A colour outside sRGB is cut to it.</summary>
    internal Rgba ToColor()
    {
        double middle = (L + 16) / 116;
        double x = Straighten(middle + (A / 500)) * 0.96422;
        double y = Straighten(middle);
        double z = Straighten(middle - (B / 200)) * 0.82521;
        return new Rgba(
            SrgbCurve.ToLevel((3.1338561 * x) - (1.6168667 * y) - (0.4906146 * z)),
            SrgbCurve.ToLevel((-0.9787684 * x) + (1.9161415 * y) + (0.0334540 * z)),
            SrgbCurve.ToLevel((0.0719453 * x) - (0.2289914 * y) + (1.4052427 * z)));
    }

    // CIE 15, 2004: the two parts of the curve meet at 6/29.
    private static double Straighten(double bent) =>
        bent > 6.0 / 29 ? bent * bent * bent : 3 * (6.0 / 29) * (6.0 / 29) * (bent - (4.0 / 29));
}
