using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>How much a search for an optimum does, so that the whole takes less time than ten runs. The figures were measured.</summary>
/// <param name="OtherStarts">How many starts there are beside the one that is given.</param>
/// <param name="Patience">How soon a start is given up that does not come down to the best (<see cref="SearchSet{T}.Run(T[], int, Optimum{T}, int)"/>).</param>
/// <param name="Bases">How many of the best ends of these starts are breathed on.</param>
/// <param name="FirstBreath">With how many more centroids.</param>
/// <param name="Swaps">How many swaps are tried after that.</param>
/// <param name="Share">The share of the work of the starts at which breathing and swaps end.</param>
internal sealed record SearchPlan(int OtherStarts, int Patience, int Bases, int FirstBreath, int Swaps, double Share)
{
    /// <summary>The patience where a run costs more than it is likely to win.</summary>
    internal const int LittlePatience = 3;

    // So many starts and the one that is given are ten.
    private const int LeastStarts = 9;
    private const int MostStarts = 18;
    private const int StartsForRatio = 6;
    private const int StartsForEachBase = 4;

    // Hardly a run that is given up so late would have become the best.
    private const int MuchPatience = 100;

    private const int MostSwaps = 25;
    private const double LittleShare = 0.3;

    // Up to here starts differ in what becomes of them; with more clusters their ends are alike, and breathing does more.
    private const int FewClusters = 64;

    // From here on breaths find more than other starts and swaps do.
    private const int ManyClusters = 200;

    // So many points for each that is searched in repay all breaths and more swaps.
    private const int ManyPoints = 5;

    /// <summary>The plan for a search.</summary>
    /// <param name="k">K.</param>
    /// <param name="dimension">d.</param>
    /// <param name="ratio">How many points there are for each that is searched in.</param>
    /// <param name="isAll">Whether it is the points themselves that are searched in.</param>
    /// <param name="areKept">Whether their tiles are kept, so that a run costs little.</param>
    internal static SearchPlan For(int k, int dimension, int ratio, bool isAll, bool areKept)
    {
        if (areKept && k <= FewClusters)
        {
            // In few dimensions seeding is most of ten runs, the more so the more clusters there are, and here it costs little.
            double share = ratio >= ManyPoints && k >= 10 ? double.PositiveInfinity
                : dimension <= SpatialOrder.MaxDimension ? Math.Clamp(k / 10.0, LittleShare, 1)
                : LittleShare;
            int starts = Math.Clamp(Math.Min(StartsForRatio * ratio, 3 * k), LeastStarts, MostStarts);
            return new SearchPlan(starts, MuchPatience, starts / StartsForEachBase, FirstBreath: 5, Swaps: 8, share);
        }

        if (areKept && isAll && k >= ManyClusters)
        {
            return new SearchPlan(0, LittlePatience, 1, FirstBreath: 5, Swaps: 0, double.PositiveInfinity);
        }

        int swaps = Math.Min(MostSwaps, k + (k / 2)) * (ratio >= ManyPoints ? 3 : 1);
        bool isDear = isAll && !areKept;
        return new SearchPlan(isDear ? 0 : Math.Clamp(ratio, 2, LeastStarts), LittlePatience, 1, isDear ? 3 : 5, swaps, double.PositiveInfinity);
    }
}
