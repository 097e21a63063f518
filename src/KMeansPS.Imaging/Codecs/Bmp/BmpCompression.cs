namespace KMeansPS.Imaging.Codecs.Bmp;

/// <summary>How the pixels are stored, as biCompression numbers it.</summary>
internal enum BmpCompression : uint
{
    Rgb = 0,
    Rle8 = 1,
    Rle4 = 2,
    BitFields = 3,
    Jpeg = 4,
    Png = 5,
    AlphaBitFields = 6,
}
