namespace KMeansPS.Imaging.Quantization;

/// <summary>A palette and how the clustering came to it.</summary>
/// <param name="Palette">The colours.</param>
/// <param name="Iterations">How many rounds the clustering took; 0 where every colour has an entry of its own.</param>
/// <param name="Converged">Whether the clustering ended by its rule and not by its limit of iterations.</param>
public sealed record FoundPalette(Palette Palette, int Iterations, bool Converged)
{
    /// <summary>The inertia of the clusters before their centroids are rounded to colours; 0 where nothing was clustered.</summary>
    public double Inertia { get; init; }

    /// <summary>The time of the clustering alone.</summary>
    public TimeSpan FitElapsed { get; init; }
}
