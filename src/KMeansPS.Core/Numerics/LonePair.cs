namespace KMeansPS.Numerics;

/// <summary>A point and a row that are measured by themselves.</summary>
/// <param name="Point">The index of the point.</param>
/// <param name="Row">The number of the row.</param>
internal readonly record struct LonePair(int Point, int Row);
