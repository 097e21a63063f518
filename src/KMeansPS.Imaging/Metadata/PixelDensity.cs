namespace KMeansPS.Imaging.Metadata;

/// <summary>How many pixels a metre has.</summary>
/// <param name="X">From left to right.</param>
/// <param name="Y">From top to bottom.</param>
public readonly record struct PixelDensity(int X, int Y);
