using System.Numerics;

namespace KMeansPS.Refinement;

/// <summary>Centroids in a search, and the points to them.</summary>
/// <param name="Centroids">K x d values.</param>
/// <param name="Nearest">The nearest centroid of each point.</param>
/// <param name="Squares">The weighted squared distance of each point to it.</param>
/// <param name="Seconds">The weighted squared distance of each point to its second nearest centroid.</param>
internal sealed record Optimum<T>(T[] Centroids, int[] Nearest, double[] Squares, double[] Seconds)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Less than this share of the inertia is what single precision leaves uncertain.
    private const double Certain = 1e-6;

    internal double Inertia { get; } = Squares.Sum();

    /// <summary>Whether this is lower than another, by more than rounding.</summary>
    internal bool IsBetterThan(Optimum<T> other) => Inertia < other.Inertia * (1 - Certain);
}
