using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KMeansPS.Numerics;

namespace KMeansPS.Assignment;

/// <summary>The centroids that can be nearest to a point of a box, and room to find them.</summary>
/// <param name="k">K.</param>
/// <param name="dimension">d.</param>
internal sealed class NearCentroids<T>(int k, int dimension)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _lower = new T[k + CentroidPanels<T>.Width];
    private readonly T[] _rows = new T[k * dimension];
    private readonly CentroidPanels<T> _panels = new([], dimension);

    internal int Count { get; private set; }

    /// <summary>Their numbers, ascending; beyond <see cref="Count"/> there is only room.</summary>
    internal int[] Clusters { get; } = new int[k + CentroidPanels<T>.Width];

    /// <summary>By how much every other centroid is farther from any point of the box than one of these.</summary>
    internal double Gap { get; private set; }

    /// <summary>Finds those near a box among all.</summary>
    internal void Find(TileKernel<T> kernel, ReadOnlySpan<T> box, CentroidPanels<T> panels)
    {
        Count = kernel.CandidatesForBox(box, panels, _lower, Clusters, out double gap);
        Gap = gap;
    }

    /// <summary>Finds those near a box among those near a larger one.</summary>
    internal void Find(TileKernel<T> kernel, ReadOnlySpan<T> box, CentroidPanels<T> panels, NearCentroids<T> larger)
    {
        Find(kernel, box, panels);
        for (int i = 0; i < Count; i++)
        {
            Clusters[i] = larger.Clusters[Clusters[i]];
        }
    }

    /// <summary>Finds those near a box among all, so that the second nearest of each of its points are among them too.</summary>
    internal void FindPairs(TileKernel<T> kernel, ReadOnlySpan<T> box, CentroidPanels<T> panels) =>
        Count = kernel.PairsForBox(box, panels, _lower, Clusters);

    /// <summary>Their values, row by row.</summary>
    /// <param name="centroids">The K x d values of all.</param>
    internal ReadOnlySpan<T> Rows(T[] centroids)
    {
        ref T to = ref MemoryMarshal.GetArrayDataReference(_rows);
        Debug.Assert(_rows.Length >= Count * dimension && centroids.Length % dimension == 0, "There is room for every row.");
        foreach (int cluster in Clusters.AsSpan(0, Count))
        {
            Debug.Assert((cluster + 1) * dimension <= centroids.Length, "It is one of them.");
            ref T from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(centroids), cluster * dimension);
            for (int j = 0; j < dimension; j++)
            {
                Unsafe.Add(ref to, j) = Unsafe.Add(ref from, j);
            }

            to = ref Unsafe.Add(ref to, dimension);
        }

        return _rows.AsSpan(0, Count * dimension);
    }

    /// <summary>Their values side by side.</summary>
    /// <param name="centroids">The K x d values of all.</param>
    internal CentroidPanels<T> ToPanels(T[] centroids)
    {
        _panels.Fill(Rows(centroids));
        return _panels;
    }
}
