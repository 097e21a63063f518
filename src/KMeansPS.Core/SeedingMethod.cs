namespace KMeansPS;

/// <summary>How the initial centroids are chosen.</summary>
public enum SeedingMethod
{
    /// <summary>Greedy k-means++: each next centroid is the best of 2 + log K candidates, drawn by squared distance.</summary>
    KMeansPlusPlus,

    /// <summary>The first K points of a random permutation: no point twice.</summary>
    Random,

    /// <summary>k-means||: candidates drawn in a few rounds over all points, then brought down to K. For many points and a large K.</summary>
    KMeansParallel,
}
