namespace KMeansPS;

/// <summary>The means of the clusters of an assignment: the update step by itself.</summary>
/// <param name="Centroids">K x d means in the user's units; a cluster without points has its former centroid.</param>
/// <param name="Counts">How many points each cluster has.</param>
public sealed record KMeansUpdate(PointSet Centroids, long[] Counts);
