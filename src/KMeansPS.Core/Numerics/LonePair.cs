namespace KMeansPS.Numerics;

/// <summary>A point and a row that are measured by themselves.</summary>
/// <param name="Place">The place of the point in the order in which points are gone over.</param>
/// <param name="Row">The number of the row.</param>
internal readonly record struct LonePair(int Place, int Row);
