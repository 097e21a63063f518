using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Tests.Support;

/// <summary>
/// What a run goes over: the points in another order and equal ones once, where that pays. The textbook's sums are to
/// be made in the same order.
/// </summary>
internal sealed class Places<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RunSetup<T> _setup;
    private readonly CondensedPoints<T>? _condensed;

    internal Places(PointSet<T> points)
    {
        _setup = new RunSetup<T>(points, new KMeansOptions(), new ParallelOptions(), TileKernel<T>.ForThisProcessor());
        if (_setup.Points != points)
        {
            _condensed = CondensedPoints<T>.Of(points, SpatialOrder.Of(points, new ParallelOptions()), new ParallelOptions());
        }
    }

    internal PointSet<T> Points => _setup.Points;

    /// <summary>The places in the order of the first point of each; null for their own.</summary>
    internal int[]? InOrderGiven => _setup.FirstGiven() is { } first ? [.. Enumerable.Range(0, first.Length).OrderBy(place => first[place])] : null;

    internal int BlockSize(int k) => Blocks.For(Points.Count, k).Size;

    /// <summary>The cluster of each point, from those of the places.</summary>
    internal int[] Expand(int[] clusters) => _condensed?.Expand(clusters, new ParallelOptions()) ?? clusters;

    /// <summary>The cluster of each place, from those of the points, equal ones of which have the same.</summary>
    internal int[] Condense(int[] clusters)
    {
        int[] placeOfPoint = Expand([.. Enumerable.Range(0, Points.Count)]);
        var condensed = new int[Points.Count];
        for (int i = 0; i < clusters.Length; i++)
        {
            condensed[placeOfPoint[i]] = clusters[i];
        }

        return condensed;
    }
}
