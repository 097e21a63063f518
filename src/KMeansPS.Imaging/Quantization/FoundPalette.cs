namespace KMeansPS.Imaging.Quantization;

/// <summary>A palette and how the clustering came to it.</summary>
/// <param name="Palette">The colours.</param>
/// <param name="Iterations">How many rounds the clustering took; 0 where every colour has an entry of its own.</param>
/// <param name="Converged">Whether the clustering ended by its rule and not by its limit of iterations.</param>
public sealed record FoundPalette(Palette Palette, int Iterations, bool Converged);
