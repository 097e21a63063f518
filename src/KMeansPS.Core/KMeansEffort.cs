namespace KMeansPS;

/// <summary>How much is done to find a better optimum than the first that Lloyd's rounds reach.</summary>
public enum KMeansEffort
{
    /// <summary>The optimum that is reached from the initial centroids.</summary>
    Balanced,

    /// <summary>
    /// Centroids are added where the error is large and taken away where they are of little use, as long as that lowers
    /// the inertia (breathing k-means). Never worse than <see cref="Balanced"/> from the same seed.
    /// </summary>
    Best,
}
