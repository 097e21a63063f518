namespace KMeansPS.Imaging.ColorSpaces;

/// <summary>The space in which distances between colours are measured and means of colours are taken.</summary>
public enum ColorSpace
{
    /// <summary>The levels of sRGB as they are stored: the least mean squared error and the highest PSNR.</summary>
    Rgb,

    /// <summary>sRGB without its curve, proportional to light: means are those of mixed light.</summary>
    LinearRgb,

    /// <summary>
    /// Oklab (B. Ottosson, 2020, "A perceptual color space for image processing") with a and b counted twice: distances
    /// that come near to those that are seen.
    /// </summary>
    Oklab,

    /// <summary>CIELAB of 1976 with the white point D65.</summary>
    Lab,
}
