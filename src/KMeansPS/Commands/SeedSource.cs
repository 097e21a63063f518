namespace KMeansPS.Commands;

/// <summary>Draws a seed where none is given: short enough to be typed again.</summary>
internal static class SeedSource
{
    internal static long Draw() => Random.Shared.Next();
}
