using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>A point and a row that are measured by themselves.</summary>
/// <param name="Place">The place of the point in the order in which points are gone over.</param>
/// <param name="Point">Its index.</param>
/// <param name="Row">The number of the row.</param>
internal record struct LonePair<T>(int Place, int Point, int Row)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The squared distance, once it is measured.</summary>
    internal T Square { get; set; }
}
