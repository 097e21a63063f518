namespace KMeansPS;

/// <summary>A run's model, and the cluster of every point that it was made from.</summary>
/// <param name="Model">The centroids and their figures.</param>
/// <param name="Cluster">The number of each point's cluster, 0 to K - 1.</param>
public sealed record KMeansResult(KMeansModel Model, int[] Cluster);
