namespace KMeansPS.Imaging.Quantization;

/// <summary>A picture brought to a palette, and what that cost it.</summary>
/// <param name="Image">The picture as palette and indices.</param>
/// <param name="SourceColorCount">How many distinct colours the picture had; all invisible ones count as one.</param>
/// <param name="Mse">
/// The mean squared error over all pixels and the channels R, G and B, in squared levels; where the picture has alpha,
/// the mean of those over a black and over a white ground.
/// </param>
/// <param name="Iterations">How many rounds the clustering took; 0 where every colour has an entry of its own.</param>
/// <param name="Converged">Whether the clustering ended by its rule and not by its limit of iterations.</param>
public sealed record QuantizedImage(IndexedImage Image, int SourceColorCount, double Mse, int Iterations, bool Converged)
{
    /// <summary>Whether every pixel kept its colour.</summary>
    public bool IsLossless => Mse == 0;

    /// <summary>The inertia of the clusters before their centroids are rounded to colours; 0 where nothing was clustered.</summary>
    public double Inertia { get; init; }

    /// <summary>The time of the clustering alone.</summary>
    public TimeSpan FitElapsed { get; init; }
}
