namespace KMeansPS.Evaluation;

/// <summary>The silhouette of a clustering.</summary>
/// <param name="Mean">The weighted mean of the points' silhouettes, -1 to 1.</param>
/// <param name="StandardError">The standard error of the mean as an estimate of that of all points; 0 where all were measured.</param>
/// <param name="Point">Which points were measured, ascending: m indices.</param>
/// <param name="Value">Their silhouettes: m values of -1 to 1.</param>
public sealed record SilhouetteScore(double Mean, double StandardError, IReadOnlyList<int> Point, IReadOnlyList<double> Value);
