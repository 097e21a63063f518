namespace KMeansPS.Imaging.Codecs.Bmp;

/// <summary>Which bits of a pixel belong to which channel; a channel without bits has the mask 0.</summary>
/// <param name="Red">The bits of red.</param>
/// <param name="Green">The bits of green.</param>
/// <param name="Blue">The bits of blue.</param>
/// <param name="Alpha">The bits of alpha; 0 where all pixels are opaque.</param>
internal readonly record struct BmpMasks(uint Red, uint Green, uint Blue, uint Alpha)
{
    /// <summary>BI_RGB with 16 bits a pixel: five for each channel.</summary>
    internal static readonly BmpMasks Rgb555 = new(0x7C00, 0x03E0, 0x001F, 0);

    /// <summary>BI_RGB with 32 bits a pixel: the bytes B, G, R and one that is not used.</summary>
    internal static readonly BmpMasks Bgrx = new(0x00FF0000, 0x0000FF00, 0x000000FF, 0);

    /// <summary>The bytes B, G, R, A.</summary>
    internal static readonly BmpMasks Bgra = Bgrx with { Alpha = 0xFF000000 };
}
