namespace KMeansPS;

/// <summary>How much is done to find a good optimum.</summary>
public enum KMeansEffort
{
    /// <summary>
    /// The initial centroids are chosen, and brought to their optimum, in a sample: 32,768 points, or what makes four
    /// million values where that is fewer, but 64 for each cluster at least. A run over all points with ten times the
    /// tolerance goes on from there. Where there are no more points than that, only the tolerance differs.
    /// </summary>
    Fast,

    /// <summary>One run of Lloyd's rounds over all points.</summary>
    Balanced,

    /// <summary>
    /// After <see cref="Balanced"/> a search for a better optimum: more starts by greedy k-means++, breathing k-means, swaps
    /// of single centroids and moves of single points. Where there are more than twice as many points it is done in
    /// such a sample too. One more run over all points, with a hundredth of the tolerance, goes on from what was found.
    /// Never worse than <see cref="Balanced"/> from the same seed.
    /// </summary>
    Best,
}
