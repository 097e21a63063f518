using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS;

/// <summary>How a run ended.</summary>
/// <param name="Centroids">K x d values.</param>
/// <param name="Clusters">The cluster of each point, nearest to it among these centroids.</param>
/// <param name="ClusterInertia">The inertia of each cluster.</param>
/// <param name="Iterations">How many rounds were done.</param>
/// <param name="Converged">Whether it ended by the rule of convergence.</param>
/// <param name="Trace">The steps, where they were asked for.</param>
internal sealed record LloydOutcome<T>(
    T[] Centroids, int[] Clusters, double[] ClusterInertia, int Iterations, bool Converged, IReadOnlyList<KMeansStep> Trace)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal double Inertia { get; } = ClusterInertia.Sum();

    /// <summary>
    /// The model, without the clusters that no point could be found for: with fewer distinct points than centroids,
    /// there is one cluster for each distinct point.
    /// </summary>
    internal KMeansResult ToResult(PointSet<T> points, int requestedK, long? seed, SeedingMethod? method, ParallelOptions parallel)
    {
        var counts = Counts(parallel);
        var kept = Enumerable.Range(0, counts.Length).Where(cluster => counts[cluster] > 0).ToArray();
        var centroids = Centroids;
        var clusters = Clusters;
        if (kept.Length < counts.Length)
        {
            int d = points.Dimension;
            centroids = [.. kept.SelectMany(cluster => Centroids.AsSpan(cluster * d, d).ToArray())];
            clusters = Array.ConvertAll(Clusters, cluster => Array.BinarySearch(kept, cluster));
        }

        var figures = new KMeansFigures(
            [.. kept.Select(cluster => counts[cluster])], [.. kept.Select(cluster => ClusterInertia[cluster])],
            requestedK, Iterations, Converged, seed, method, Trace);
        return new KMeansResult(new KMeansModel<T>(points.WithValues(centroids), figures), clusters);
    }

    private long[] Counts(ParallelOptions parallel)
    {
        var counts = new long[ClusterInertia.Length];
        var blocks = Blocks.For(Clusters.Length, counts.Length);
        blocks.ForEach(parallel, block =>
        {
            var ofBlock = new int[counts.Length];
            foreach (int cluster in Clusters.AsSpan(blocks.Start(block), blocks.Length(block)))
            {
                ofBlock[cluster]++;
            }

            for (int cluster = 0; cluster < ofBlock.Length; cluster++)
            {
                Interlocked.Add(ref counts[cluster], ofBlock[cluster]);
            }
        });
        return counts;
    }
}
