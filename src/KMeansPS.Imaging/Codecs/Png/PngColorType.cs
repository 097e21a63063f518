namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>What the samples of a pixel stand for, as IHDR numbers it.</summary>
internal enum PngColorType : byte
{
    Greyscale = 0,
    Truecolour = 2,
    IndexedColour = 3,
    GreyscaleWithAlpha = 4,
    TruecolourWithAlpha = 6,
}
