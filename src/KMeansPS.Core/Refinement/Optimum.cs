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

    internal double Inertia { get; } = Sum(Squares);

    /// <summary>Whether this is lower than another, by more than rounding.</summary>
    internal bool IsBetterThan(Optimum<T> other) => Inertia < other.Inertia * (1 - Certain);

    // Four sums that do not wait for one another, whatever the processor.
    private static double Sum(double[] squares)
    {
        double a = 0, b = 0, c = 0, d = 0;
        int i = 0;
        for (; i + 4 <= squares.Length; i += 4)
        {
            a += squares[i];
            b += squares[i + 1];
            c += squares[i + 2];
            d += squares[i + 3];
        }

        for (; i < squares.Length; i++)
        {
            a += squares[i];
        }

        return a + b + (c + d);
    }
}
