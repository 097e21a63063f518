namespace KMeansPS.Evaluation;

/// <summary>How good a clustering is, by the usual measures. Euclidean distances, in the units of the points; scaled ones where these were scaled.</summary>
public sealed record KMeansMeasure
{
    /// <summary>How many clusters have points.</summary>
    public required int K { get; init; }

    /// <summary>
    /// The sum of the weighted squared distances of the points to the centroids of their clusters; where only the
    /// clusters are known, to the means of these.
    /// </summary>
    public required double Inertia { get; init; }

    /// <summary>The mean silhouette, -1 to 1, the higher the better; null where it is not defined (see <see cref="Evaluation.Silhouette"/>).</summary>
    public double? Silhouette { get; init; }

    /// <summary>The standard error of the mean silhouette; 0 where it is exact, null where there is none.</summary>
    public double? SilhouetteError { get; init; }

    /// <summary>Of how many points the silhouette was computed.</summary>
    public int SilhouetteSample { get; init; }

    /// <summary>The index of Caliński and Harabasz, the higher the better; null where it is not defined.</summary>
    public double? CalinskiHarabasz { get; init; }

    /// <summary>The index of Davies and Bouldin, the lower the better; null where it is not defined.</summary>
    public double? DaviesBouldin { get; init; }

    /// <summary>How many points each cluster has, in the order of the clusters' numbers.</summary>
    public required int[] Size { get; init; }

    /// <summary>Whether this is the knee of the inertia over K, where several K were compared (see <see cref="KneeOfCurve"/>).</summary>
    public bool IsKnee { get; init; }

    /// <summary>The seed of the clustering; null where it was not run for the measures.</summary>
    public long? Seed { get; init; }
}
