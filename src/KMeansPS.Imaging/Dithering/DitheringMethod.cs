namespace KMeansPS.Imaging.Dithering;

/// <summary>How pixels of neighbouring places share the colours of a palette, so that their mean comes near to the original's.</summary>
public enum DitheringMethod
{
    /// <summary>No dithering: every pixel has the entry that is nearest to its own colour.</summary>
    None,

    /// <summary>Error diffusion to four neighbours (R. W. Floyd and L. Steinberg, 1976, "An adaptive algorithm for spatial greyscale").</summary>
    FloydSteinberg,

    /// <summary>Error diffusion to ten neighbours in three rows (F. Sierra, 1989): softer, and with fewer patterns.</summary>
    Sierra,

    /// <summary>Ordered by blue noise (R. Ulichney, 1993, "The void-and-cluster method for dither array generation"): still where pictures move, even grain.</summary>
    BlueNoise,

    /// <summary>Ordered by the 8 x 8 matrix of B. E. Bayer (1973, "An optimum method for two-level rendition of continuous-tone pictures"): a regular weave that packs well.</summary>
    Bayer,
}
