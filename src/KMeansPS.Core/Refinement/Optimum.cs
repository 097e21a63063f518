using System.Numerics;

namespace KMeansPS.Refinement;

/// <summary>Centroids in a search, and the points to them.</summary>
/// <param name="count">n.</param>
/// <param name="width">The points of a tile.</param>
internal sealed class Optimum<T>(int count, int width)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Less than this share of the inertia is what single precision leaves uncertain.
    private const double Certain = 1e-6;

    /// <summary>K x d values.</summary>
    internal T[] Centroids { get; set; } = [];

    /// <summary>The nearest centroid of each point.</summary>
    internal int[] Nearest { get; } = new int[count];

    /// <summary>The squared distance of each point to it, and of the last one again up to a whole number of tiles.</summary>
    internal T[] Squares { get; } = new T[(count + width - 1) / width * width];

    /// <summary>The squared distance of each point to its second nearest centroid, in those tiles where it is known.</summary>
    internal T[] Seconds { get; } = new T[(count + width - 1) / width * width];

    /// <summary>How near to the box of each tile a centroid must be, squared, to be nearest to one of its points.</summary>
    internal T[] Reach { get; } = new T[(count + width - 1) / width];

    /// <summary>The same for the second nearest; negative where that is not known.</summary>
    internal T[] ReachOfSeconds { get; } = new T[(count + width - 1) / width];

    /// <summary>The inertia of the points of each tile.</summary>
    internal double[] InertiaOfTile { get; } = new double[(count + width - 1) / width];

    internal double Inertia { get; set; }

    /// <summary>Whether this is lower than another, by more than rounding.</summary>
    internal bool IsBetterThan(Optimum<T> other) => Inertia < other.Inertia * (1 - Certain);

    /// <summary>Becomes the same as another of the same points.</summary>
    internal void CopyFrom(Optimum<T> other)
    {
        Centroids = other.Centroids;
        other.Nearest.CopyTo(Nearest, 0);
        other.Squares.CopyTo(Squares, 0);
        other.Seconds.CopyTo(Seconds, 0);
        other.Reach.CopyTo(Reach, 0);
        other.ReachOfSeconds.CopyTo(ReachOfSeconds, 0);
        other.InertiaOfTile.CopyTo(InertiaOfTile, 0);
        Inertia = other.Inertia;
    }
}
