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
    /// After <see cref="Balanced"/> a search for a better optimum: more starts by greedy k-means++, breathing k-means,
    /// swaps of single centroids and moves of single points. Up to 64 clusters of points that are few enough (about
    /// 6,000, or 32,768 to 65,536 and no more than a million values in more than four dimensions) are searched as they
    /// are, from the starts that ten restarts from the same seed would have; with 200 clusters or more of so few points
    /// there are no other starts and no swaps. More points are searched in up to 32,768 groups of neighbours in four
    /// dimensions or fewer, else in a sample; with 96 dimensions and more than a million values in the 24 directions in
    /// which they differ most. One more run over all points, with a hundredth of the tolerance, goes on from what was
    /// found. Never worse than <see cref="Balanced"/> from the same seed, and mostly no worse than the best of ten
    /// restarts, in less time.
    /// </summary>
    Best,
}
