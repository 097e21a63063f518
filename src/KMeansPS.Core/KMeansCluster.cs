namespace KMeansPS;

/// <summary>One cluster of a run, as scripts see it: its centroid and what belongs to it.</summary>
public sealed class KMeansCluster : KMeansCentroid
{
    /// <summary>Describes one cluster of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cluster">The number of the cluster, 0 to K - 1.</param>
    /// <param name="group">What belongs to the cluster, in the order in which it came.</param>
    public KMeansCluster(KMeansModel model, int cluster, IReadOnlyList<object> group)
        : base(cluster, CentroidOf(model, cluster), model.Counts[cluster])
    {
        ArgumentNullException.ThrowIfNull(group);
        Model = model;
        Group = group;
    }

    /// <summary>The sum of the weighted squared distances of the cluster's points to its centroid, in scaled units where the run scaled its points.</summary>
    public double Inertia => Model.ClusterInertia[Cluster];

    /// <summary>The input objects of the cluster; where the input was a point set, the points' values in the user's units.</summary>
    public IReadOnlyList<object> Group { get; }

    /// <summary>The run that the cluster belongs to.</summary>
    public KMeansModel Model { get; }

    private static double[] CentroidOf(KMeansModel model, int cluster)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Centroids.GetPoint(cluster);
    }
}
