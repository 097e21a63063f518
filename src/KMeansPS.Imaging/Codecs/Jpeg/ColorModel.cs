namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>What the components of a frame mean.</summary>
internal enum ColorModel
{
    Gray,
    YCbCr,
    Rgb,

    /// <summary>Stored inverted, as Adobe's programs do and everybody after them.</summary>
    Cmyk,

    /// <summary>CMY as YCbCr, and K; inverted.</summary>
    Ycck,
}
