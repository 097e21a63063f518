namespace KMeansPS.Evaluation;

/// <summary>
/// A clustering in the form that measures need: the clusters that have points, numbered without gaps, with their sizes
/// and weights.
/// </summary>
internal sealed class ClusterLayout
{
    // So many points are gone over in far less than the 50 ms between two looks at the token.
    private const int PointsBetweenLooks = 65536;

    private ClusterLayout(int[] cluster, int[] size, double[] weight)
    {
        Cluster = cluster;
        Size = size;
        Weight = weight;
    }

    /// <summary>How many clusters have points (K).</summary>
    internal int K => Size.Length;

    /// <summary>The cluster of each point, 0 to K - 1, in the order of the numbers that were given.</summary>
    internal int[] Cluster { get; }

    /// <summary>How many points each cluster has, at least 1.</summary>
    internal int[] Size { get; }

    /// <summary>The sum of the weights of each cluster's points.</summary>
    internal double[] Weight { get; }

    /// <summary>Reads a clustering.</summary>
    /// <param name="points">n points.</param>
    /// <param name="clusters">n cluster numbers, 0 or more; not all need be in use.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">There is not one cluster number for each point, or one is negative.</exception>
    internal static ClusterLayout Of(PointSet points, int[] clusters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(clusters);
        if (clusters.Length != points.Count)
        {
            throw new ArgumentException($"{points.Count} points need {points.Count} cluster numbers, not {clusters.Length}.", nameof(clusters));
        }

        int refused = Array.FindIndex(clusters, static cluster => cluster < 0);
        if (refused >= 0)
        {
            throw new ArgumentException($"Point {refused} is in cluster {clusters[refused]}, but the number of a cluster is 0 or more.", nameof(clusters));
        }

        int[] compact = WithoutGaps(clusters, cancellationToken, out int k);
        var size = new int[k];
        var weight = new double[k];
        for (int i = 0; i < compact.Length; i++)
        {
            LookAt(i, cancellationToken);
            size[compact[i]]++;
            weight[compact[i]] += points.IsWeighted ? points.Weights[i] : 1;
        }

        return new ClusterLayout(compact, size, weight);
    }

    /// <summary>Where each cluster starts in <see cref="Sort"/>, and after them where the last one ends.</summary>
    internal int[] Starts()
    {
        var starts = new int[K + 1];
        for (int cluster = 0; cluster < K; cluster++)
        {
            starts[cluster + 1] = starts[cluster] + Size[cluster];
        }

        return starts;
    }

    /// <summary>All points, those of one cluster side by side, in each in ascending order.</summary>
    internal int[] Sort(CancellationToken cancellationToken)
    {
        int[] next = Starts();
        var sorted = new int[Cluster.Length];
        for (int i = 0; i < Cluster.Length; i++)
        {
            LookAt(i, cancellationToken);
            sorted[next[Cluster[i]]++] = i;
        }

        return sorted;
    }

    private static int[] WithoutGaps(int[] clusters, CancellationToken cancellationToken, out int k)
    {
        var distinct = new HashSet<int>();
        for (int i = 0; i < clusters.Length; i++)
        {
            LookAt(i, cancellationToken);
            distinct.Add(clusters[i]);
        }

        int[] numbers = [.. distinct.Order()];
        k = numbers.Length;
        if (numbers[^1] == k - 1)
        {
            return clusters;
        }

        var compact = new int[clusters.Length];
        for (int i = 0; i < clusters.Length; i++)
        {
            LookAt(i, cancellationToken);
            compact[i] = Array.BinarySearch(numbers, clusters[i]);
        }

        return compact;
    }

    private static void LookAt(int point, CancellationToken cancellationToken)
    {
        if (point % PointsBetweenLooks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
