namespace KMeansPS;

/// <summary>One centroid, as scripts see it.</summary>
public class KMeansCentroid
{
    /// <summary>Describes one centroid.</summary>
    /// <param name="cluster">The number of its cluster, 0 to K - 1.</param>
    /// <param name="centroid">Its d coordinates.</param>
    /// <param name="count">How many points it is the mean of; 0 where it is not a mean yet.</param>
    public KMeansCentroid(int cluster, double[] centroid, long count)
    {
        ArgumentNullException.ThrowIfNull(centroid);
        Cluster = cluster;
        Centroid = centroid;
        Count = count;
    }

    /// <summary>The number of the cluster, 0 to K - 1.</summary>
    public int Cluster { get; }

    /// <summary>How many points belong to the cluster; 0 for an initial centroid.</summary>
    public long Count { get; }

    /// <summary>The d coordinates, in the user's units.</summary>
    public double[] Centroid { get; }
}
