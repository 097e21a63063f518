namespace KMeansPS.Imaging.Codecs;

/// <summary>A picture and the decoder that read it.</summary>
/// <param name="Decoder">The decoder's name.</param>
/// <param name="Image">The picture.</param>
public sealed record DecodedImage(string Decoder, PixelImage Image);
