namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The filter type at the head of each row.</summary>
internal enum PngFilterType : byte
{
    None = 0,
    Sub = 1,
    Up = 2,
    Average = 3,
    Paeth = 4,
}
