using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Seeding;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Seeding;

public abstract class KMeansParallelTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void Choose_TakesNoPlaceTwice_AndStopsWhereThereAreNoMore() => Problem.ForAll(
        Problem.Any(200, 3, Terrain.Uniform, Terrain.Blobs, Terrain.Lattice, Terrain.Duplicates, Terrain.Offset, Terrain.Huge),
        problem =>
        {
            var points = problem.Points<T>();
            var seeds = Seed(points, problem.K, problem.Seed, threads: -1);
            return seeds.Count == Math.Min(problem.K, Points.CountDistinct(points)) && Points.CountDistinct(seeds) == seeds.Count;
        });

    [Fact]
    public void Choose_AtEveryWidthOfVectors_IsTheSame() => Problem.ForAll(Problem.Any(1500, 20), problem =>
    {
        var points = problem.Points<T>();
        return Kernels.All<T>().Select(kernel => string.Join(' ', Choose(points, problem.K, problem.Seed, kernel))).Distinct().Count() == 1;
    });

    [Fact]
    public void Choose_OnAnyNumberOfThreads_IsTheSame()
    {
        var points = new Problem(1, 20_000, 3, 24, Terrain.Uniform, false).Points<T>();
        Assert.Equal(Seed(points, 24, 7, threads: 1).Values.ToArray(), Seed(points, 24, 7, threads: 3).Values.ToArray());
    }

    [Fact]
    public void Choose_OnBlobs_IsAboutAsGoodAsPlusPlus()
    {
        var points = new Problem(2, 4000, 5, 12, Terrain.Blobs, false).Points<T>();
        double MeanInertia(SeedingMethod method) => Enumerable.Range(0, 10).Average(seed =>
            new KMeans<T>(new KMeansOptions { Method = method, Seed = seed, MaxIterations = 1, Trace = true }).Fit(points, 12).Model.Trace[0].Inertia);
        Assert.True(MeanInertia(SeedingMethod.KMeansParallel) < 1.5 * MeanInertia(SeedingMethod.KMeansPlusPlus));
    }

    private static PointSet<T> Seed(PointSet<T> points, int k, long seed, int threads) =>
        new KMeans<T>(new KMeansOptions { Method = SeedingMethod.KMeansParallel, Seed = seed }, new ParallelOptions { MaxDegreeOfParallelism = threads }).Seed(points, k);

    private static int[] Choose(PointSet<T> points, int k, int seed, TileKernel<T> kernel) =>
        new KMeansParallel<T>(new SpatialIndex<T>(points, points.Dimension <= 4, new ParallelOptions()), kernel)
            .Choose(points, k, new Xoshiro256(seed), new ParallelOptions());
}

public sealed class KMeansParallelOfSingleTests : KMeansParallelTests<float>;

public sealed class KMeansParallelOfDoubleTests : KMeansParallelTests<double>;
