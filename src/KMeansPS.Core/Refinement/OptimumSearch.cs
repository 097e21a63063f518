using System.Numerics;
using KMeansPS.Assignment;
using KMeansPS.Numerics;
using KMeansPS.Seeding;
using KMeansPS.Update;

namespace KMeansPS.Refinement;

/// <summary>
/// Looks for a better optimum than the first that Lloyd's rounds reach. The best of some starts by greedy k-means++ are
/// breathed on (<see cref="BreathingKMeans{T}"/>), then single centroids are swapped (<see cref="CentroidSwaps{T}"/>) and
/// single points moved (<see cref="HartiganSteps{T}"/>). Few points are searched as they are: the first starts are those
/// that the same seed gives to ten runs, so that what is found is no worse than the best of these. Many points are
/// searched in something that stands for them (groups of neighbours, a sample, a space of few dimensions), since its good
/// optima are near theirs; a run over all points comes last.
/// </summary>
/// <param name="setup">The points and how runs over them are done.</param>
/// <param name="random">The random choices.</param>
internal sealed class OptimumSearch<T>(RunSetup<T> setup, Xoshiro256 random)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // So many groups stand for the points, where there are half as many points again.
    private const int LeastGroups = 1 << 12;
    private const int MostGroups = 1 << 15;
    private const int GroupsForEachCluster = 256;
    private const int LeastGroupsForEachCluster = 64;

    private const int WorthSampling = 2;

    // So many optima of what stands for the points are brought to those of the points.
    private const int Finalists = 3;
    private const double Close = 1.003;

    // Points of so many dimensions, if they are too many for their tiles to be kept, are searched in a few directions; more
    // than once, since where Lloyd's rounds stand still with all dimensions is then a matter of luck.
    private const int ManyDimensions = 96;
    private const int Directions = 24;
    private const int Projections = 3;

    // The last run goes closer to its fixed point than others do: what is left of their tolerance would hide what was won.
    private const double LastTolerance = 0.01;

    private readonly PointSet<T> _points = setup.Points;
    private readonly int _rounds = setup.Options.MaxIterations;

    /// <summary>The better one of an outcome and of what is found from there.</summary>
    internal LloydOutcome<T> Improve(LloydOutcome<T> outcome, int run, IProgress<KMeansProgress>? progress)
    {
        if (outcome.Inertia == 0)
        {
            return outcome;
        }

        var found = Find(outcome.Centroids);
        var best = found.Count == 1 ? found[0] : found.Select(centroids => Run(centroids, 1)).MinBy(finalist => finalist.Inertia)!.Centroids;
        var last = Run(best, LastTolerance);
        return last.Inertia < outcome.Inertia ? last with { Trace = outcome.Trace } : outcome;

        LloydOutcome<T> Run(T[] centroids, double tolerance)
        {
            var options = setup.Options with { Tolerance = setup.Options.Tolerance * tolerance, Trace = false };
            return new LloydRun<T>(setup.With(options), _points.WithValues(centroids)).ToTheEnd(run, progress);
        }
    }

    // The best that is found, or where it was found in something else than the points, the best few.
    private List<T[]> Find(T[] centroids)
    {
        int k = centroids.Length / _points.Dimension;
        long groups = Math.Max(Math.Clamp((long)GroupsForEachCluster * k, LeastGroups, MostGroups), (long)LeastGroupsForEachCluster * k);
        if (AlgorithmChoice.OrderPays(_points) && _points.Count >= groups + (groups / 2))
        {
            return BestOf(Search(PointGroups.Of(_points, setup.Index, (int)groups, setup.Parallel), centroids), Finalists);
        }

        var sample = PointSample.Of(_points, k, WorthSampling, random);
        return sample.Dimension >= ManyDimensions && !SearchTiles<T>.Keeps(sample)
            ? [SearchInFewDirections(sample, centroids)]
            : BestOf(Search(sample, centroids), ReferenceEquals(sample, _points) ? 1 : Finalists);
    }

    // Those of an inertia of their own that can turn out to be the best.
    private static List<T[]> BestOf(List<Optimum<T>> found, int most)
    {
        var best = new List<Optimum<T>>();
        foreach (var optimum in found.TakeWhile(optimum => best.Count < most && optimum.Inertia <= Close * found[0].Inertia))
        {
            if (best.Count == 0 || best[^1].IsBetterThan(optimum))
            {
                best.Add(optimum);
            }
        }

        return [.. best.Select(optimum => optimum.Centroids)];
    }

    private T[] SearchInFewDirections(PointSet<T> points, T[] centroids)
    {
        int k = centroids.Length / points.Dimension;
        var set = new SearchSet<T>(points, LastTolerance * setup.Threshold, setup.Kernel, setup.Parallel.CancellationToken);
        var sums = new ClusterSums<T>(points, Blocks.For(points.Count, k), k);
        Optimum<T>? best = null;
        for (int projection = 0; projection < Projections; projection++)
        {
            var space = new PrincipalSpace<T>(points, Directions, random, setup.Parallel.CancellationToken);
            var start = space.Project(points.WithValues(best?.Centroids ?? centroids), setup.Parallel);
            sums.Recompute(Search(space.Project(points, setup.Parallel), start.Values.ToArray())[0].Nearest, setup.Parallel);
            var found = new HartiganSteps<T>(set, _rounds).Improve(set.Run(sums.Means(centroids), _rounds));
            best = best is null || found.Inertia < best.Inertia ? found : best;
        }

        return best!.Centroids;
    }

    // The optima that are found, the best first.
    private List<Optimum<T>> Search(PointSet<T> points, T[] centroids)
    {
        var set = new SearchSet<T>(points, setup.Threshold, setup.Kernel, setup.Parallel.CancellationToken);
        int k = centroids.Length / points.Dimension;
        var plan = SearchPlan.For(k, points.Dimension, _points.Count / points.Count, ReferenceEquals(points, _points), set.AreKept);
        var starts = EndsOfStarts(points, set, centroids, plan);
        double mostWork = set.Work * (1 + plan.Share);
        var found = new List<Optimum<T>>();
        foreach (var start in starts)
        {
            var breathed = new BreathingKMeans<T>(set, _rounds, plan.FirstBreath, random, mostWork).Improve(start);
            found.Add(new CentroidSwaps<T>(set, _rounds, plan.Swaps, random, mostWork).Improve(breathed));
        }

        found = [.. found.OrderBy(optimum => optimum.Inertia)];
        if (!setup.Options.ForFinerPoints)
        {
            found[0] = new HartiganSteps<T>(set, _rounds).Improve(found[0]);
        }

        return found;
    }

    // The best ends of Lloyd's rounds from the given centroids and from other starts, the very best first.
    private List<Optimum<T>> EndsOfStarts(PointSet<T> points, SearchSet<T> set, T[] centroids, SearchPlan plan)
    {
        var ends = new List<Optimum<T>> { set.Run(centroids, _rounds) };
        var seeding = Seeding(points, set, centroids.Length / points.Dimension);
        for (int start = 0; start < plan.OtherStarts; start++)
        {
            var seeds = seeding();
            if (seeds.Length < centroids.Length)
            {
                break; // there are no more distinct points
            }

            var end = set.Run(seeds, _rounds, ends[0], plan.Patience);
            int rank = ends.TakeWhile(better => better.Inertia <= end.Inertia).Count();
            ends.Insert(rank, end);
            if (ends.Count > plan.Bases)
            {
                set.Discard(ends[^1]);
                ends.RemoveAt(plan.Bases);
            }
        }

        return ends;
    }

    private Func<T[]> Seeding(PointSet<T> points, SearchSet<T> set, int k)
    {
        if (set.AreKept)
        {
            var inTiles = new TileSeeding<T>(set, setup.Kernel, setup.Parallel.CancellationToken);
            return () => inTiles.Choose(points[new RandomSeeding<T>().Choose(points, 1, random, setup.Parallel)[0]], k, KMeansPlusPlus<T>.CandidateCount(k), random);
        }

        var seeding = new KMeansPlusPlus<T>(new SpatialIndex<T>(points, isWanted: false, setup.Parallel), setup.Kernel);
        return () => points.Select(seeding.Choose(points, k, random, setup.Parallel), weights: null).Values.ToArray();
    }
}
