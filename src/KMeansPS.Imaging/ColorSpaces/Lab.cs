namespace KMeansPS.Imaging.ColorSpaces;

/// <summary>
/// A colour in CIELAB (CIE 15, 2004, "Colorimetry") under the white D65 of the 2 degree observer (0.95047, 1, 1.08883).
/// sRGB comes to XYZ through the matrix of ITU-R BT.709 in six decimals, and the straight part of the curve is given by
/// the rounded numbers 0.008856 and 7.787: both as scikit-image has them, so that figures can be compared.
/// </summary>
/// <param name="L">Lightness, 0 for black to 100 for white.</param>
/// <param name="A">From green, below 0, to red.</param>
/// <param name="B">From blue, below 0, to yellow.</param>
public readonly record struct Lab(double L, double A, double B)
{
    /// <summary>The colour of opaque sRGB levels; alpha is not looked at. Three cube roots.</summary>
    /// <param name="color">The levels.</param>
    public static Lab Of(Rgba color) =>
        FromLinear(SrgbCurve.ToLinear(color.R), SrgbCurve.ToLinear(color.G), SrgbCurve.ToLinear(color.B));

    /// <summary>The colour of sRGB levels that need not be whole.</summary>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">0 to 255.</param>
    /// <param name="blue">0 to 255.</param>
    public static Lab Of(double red, double green, double blue) =>
        FromLinear(SrgbCurve.ToLinear(red), SrgbCurve.ToLinear(green), SrgbCurve.ToLinear(blue));

    /// <summary>The opaque colour of sRGB whose levels are nearest, each for itself. A colour outside sRGB is cut to it.</summary>
    public Rgba ToColor()
    {
        double middle = (L + 16) / 116;
        double x = Straighten(middle + (A / 500)) * 0.95047;
        double y = Straighten(middle);
        double z = Straighten(middle - (B / 200)) * 1.08883;
        return new Rgba(
            SrgbCurve.ToLevel((3.240481343201 * x) - (1.537151516271 * y) - (0.498536326169 * z)),
            SrgbCurve.ToLevel((-0.969254949997 * x) + (1.875990001490 * y) + (0.041555926558 * z)),
            SrgbCurve.ToLevel((0.055646639135 * x) - (0.204041338367 * y) + (1.057311069645 * z)));
    }

    private static Lab FromLinear(double red, double green, double blue)
    {
        double x = Bend(((0.412453 * red) + (0.35758 * green) + (0.180423 * blue)) / 0.95047);
        double y = Bend((0.212671 * red) + (0.71516 * green) + (0.072169 * blue));
        double z = Bend(((0.019334 * red) + (0.119193 * green) + (0.950227 * blue)) / 1.08883);
        return new Lab((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static double Bend(double ratio) => ratio > 0.008856 ? Roots.Cube(ratio) : (7.787 * ratio) + (16.0 / 116);

    // Both parts of the curve end, up to rounding, at the cube root of 0.008856.
    private static double Straighten(double bent) =>
        bent > 0.20689 ? bent * bent * bent : (bent - (16.0 / 116)) / 7.787;
}
