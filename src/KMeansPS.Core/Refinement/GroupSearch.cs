using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Seeding;

namespace KMeansPS.Refinement;

/// <summary>
/// Finds few clusters of points that stand for finer ones: groups of neighbours are enough to tell which optimum is the
/// best (<see cref="PointGroups"/>), and so few of them that many optima can be crossed (<see cref="GeneticSearch{T}"/>).
/// </summary>
/// <param name="setup">The points and how runs over them are done.</param>
/// <param name="random">The random choices.</param>
internal sealed class GroupSearch<T>(RunSetup<T> setup, Xoshiro256 random)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // With more clusters crossing costs more than it wins over breathing.
    private const int MostClusters = 64;

    // Greedier seeding takes longer and makes the starts more alike.
    private const int Candidates = 2;

    /// <summary>Whether this is a way to find K clusters of some points.</summary>
    internal static bool Suits(PointSet points, int k) => k <= MostClusters && points.Dimension <= SpatialOrder.MaxDimension;

    /// <summary>Centroids near the best optimum; null where there are fewer distinct points.</summary>
    /// <param name="k">K.</param>
    /// <param name="start">Gives the first initial centroids for some points.</param>
    internal PointSet<T>? Find(int k, Func<RunSetup<T>, PointSet<T>> start)
    {
        var token = setup.Parallel.CancellationToken;
        var (groupCount, startCount, familySize) = Plan(k);
        var groups = PointGroups.OfLikeInertia(setup.Points, setup.Index, groupCount, setup.Parallel);
        var initial = groups.Count < k ? null : start(new RunSetup<T>(groups, setup.Options, setup.Parallel, setup.Kernel));
        if (initial is null || initial.Count < k)
        {
            return null;
        }

        var set = new SearchSet<T>(groups, setup.Threshold, setup.Kernel, token);
        var seeding = new TileSeeding<T>(set, setup.Kernel, token);
        var others = Enumerable.Range(1, startCount - 1).Select(_ => seeding.Choose(groups[random.NextInt32(groups.Count)], k, Candidates, random));
        var starts = others.Where(seeds => seeds.Length == initial.Values.Length).Prepend(initial.Values.ToArray());
        return initial.WithValues(new GeneticSearch<T>(set, familySize, token).Best(starts));
    }

    // Few clusters come to a good optimum from most starts, and more groups tell which of them is the best. With some more it
    // is more starts that count, in larger families; with many each start costs too much. The figures were measured.
    private static (int Groups, int Starts, int FamilySize) Plan(int k) => k switch
    {
        <= 16 => (6000, 12, 3),
        <= 32 => (2000, 24, 4),
        _ => (60 * k, 12, 3),
    };
}
