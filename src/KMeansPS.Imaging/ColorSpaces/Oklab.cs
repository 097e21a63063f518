namespace KMeansPS.Imaging.ColorSpaces;

/// <summary>
/// A colour in Oklab (B. Ottosson, 2020, "A perceptual color space for image processing", with the matrices of 2021).
/// Greys have A and B of 0 up to the published digits.
/// </summary>
/// <param name="L">Lightness, 0 for black to 1 for white.</param>
/// <param name="A">From green, below 0, to red; of sRGB from -0.24 to 0.28.</param>
/// <param name="B">From blue, below 0, to yellow; of sRGB from -0.32 to 0.2.</param>
public readonly record struct Oklab(double L, double A, double B)
{
    /// <summary>The colour of opaque sRGB levels; alpha is not looked at. Three cube roots.</summary>
    /// <param name="color">The levels.</param>
    public static Oklab Of(Rgba color)
    {
        double red = SrgbCurve.ToLinear(color.R);
        double green = SrgbCurve.ToLinear(color.G);
        double blue = SrgbCurve.ToLinear(color.B);
        double l = Bend((0.4122214708 * red) + (0.5363325363 * green) + (0.0514459929 * blue));
        double m = Bend((0.2119034982 * red) + (0.6806995451 * green) + (0.1073969566 * blue));
        double s = Bend((0.0883024619 * red) + (0.2817188376 * green) + (0.6299787005 * blue));
        return new Oklab(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    /// <summary>The opaque colour of sRGB whose levels are nearest, each for itself. A colour outside sRGB is cut to it.</summary>
    public Rgba ToColor()
    {
        double l = Cube(L + (0.3963377774 * A) + (0.2158037573 * B));
        double m = Cube(L - (0.1055613458 * A) - (0.0638541728 * B));
        double s = Cube(L - (0.0894841775 * A) - (1.2914855480 * B));
        return new Rgba(
            SrgbCurve.ToLevel((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            SrgbCurve.ToLevel((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            SrgbCurve.ToLevel((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));
    }

    private static double Bend(double value) => value > 0 ? Roots.Cube(value) : 0;

    private static double Cube(double value) => value * value * value;
}
