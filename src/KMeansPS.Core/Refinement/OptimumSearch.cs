using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Seeding;

namespace KMeansPS.Refinement;

/// <summary>
/// Looks for a better optimum than the first that Lloyd's rounds reach. The best of a few starts by greedy k-means++ is
/// breathed on (<see cref="BreathingKMeans{T}"/>), then single centroids are swapped (<see cref="CentroidSwaps{T}"/>) and
/// single points moved (<see cref="HartiganSteps{T}"/>). All that is done with a sample where there are many points, since
/// the good optima of a sample are near those of the whole; a run over all points comes last.
/// </summary>
/// <param name="setup">The points and how runs over them are done.</param>
/// <param name="random">The random choices.</param>
internal sealed class OptimumSearch<T>(RunSetup<T> setup, Xoshiro256 random)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int WorthSampling = 2;

    private const int MostSwaps = 25;

    // The last run goes closer to its fixed point than others do: what is left of their tolerance would hide what was won.
    private const double LastTolerance = 0.01;

    private readonly PointSet<T> _points = setup.Points;

    /// <summary>The better one of an outcome and of what is found from there.</summary>
    internal LloydOutcome<T> Improve(LloydOutcome<T> outcome, int run, IProgress<KMeansProgress>? progress)
    {
        if (outcome.Inertia == 0)
        {
            return outcome;
        }

        int k = outcome.Centroids.Length / _points.Dimension;
        var found = Search(PointSample.Of(_points, k, WorthSampling, random), outcome.Centroids, k);
        var options = setup.Options with { Tolerance = setup.Options.Tolerance * LastTolerance, Trace = false };
        var last = new LloydRun<T>(setup.With(options), _points.WithValues(found.Centroids)).ToTheEnd(run, progress);
        return last.Inertia < outcome.Inertia ? last with { Trace = outcome.Trace } : outcome;
    }

    private Optimum<T> Search(PointSet<T> sample, T[] centroids, int k)
    {
        int rounds = setup.Options.MaxIterations;
        var set = new SearchSet<T>(sample, setup.Threshold, setup.Kernel, setup.Parallel.CancellationToken);
        var found = set.Run(centroids, rounds);
        var seeding = new KMeansPlusPlus<T>(new SpatialIndex<T>(sample, isWanted: false, setup.Parallel), setup.Kernel);
        bool isSample = !ReferenceEquals(sample, _points);

        // The whole must take less time than ten runs. In a sample everything costs little; with few clusters other starts
        // help most, with many breathing does. Where a run costs much, short breaths are worth more than either; and where
        // there are few dimensions runs over all points cost little too.
        bool isDear = !isSample && !set.AreKept;
        bool isCheap = isSample && sample.Dimension > SpatialOrder.MaxDimension;
        int others = isCheap ? 9 : isDear ? 0 : isSample || k < 10 ? Math.Min(4, k) : 2;
        int firstBreath = isDear ? 3 : 5;
        int swaps = Math.Min(MostSwaps, k + (k / 2)) * (isCheap ? 3 : 1);
        for (int start = 0; start < others; start++)
        {
            int[] seeds = seeding.Choose(sample, k, random, setup.Parallel);
            if (seeds.Length < k)
            {
                break; // the sample has no more distinct points
            }

            var other = set.Run(sample.Select(seeds, weights: null).Values.ToArray(), rounds, found);
            found = other.IsBetterThan(found) ? other : found;
        }

        found = new BreathingKMeans<T>(set, rounds, firstBreath, random).Improve(found);
        found = new CentroidSwaps<T>(set, rounds, swaps, random).Improve(found);
        return new HartiganSteps<T>(set, rounds).Improve(found);
    }
}
