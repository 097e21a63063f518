namespace KMeansPS;

/// <summary>How the nearest centroids are found. All give the same result, to the last bit; they differ in time.</summary>
public enum KMeansAlgorithm
{
    /// <summary>The one that is expected to be the fastest for the number and dimension of the points and for K.</summary>
    Auto,

    /// <summary>Every point is held against every centroid.</summary>
    BruteForce,

    /// <summary>Points that lie close together are held, in a box, against the centroids that can be nearest to any of them. For few dimensions.</summary>
    BoxFilter,

    /// <summary>A point is looked at again only when the centroids have moved so far that another could be nearest. For many dimensions.</summary>
    Hamerly,
}
