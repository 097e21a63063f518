using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Seeding;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Seeding;

public abstract class KMeansPlusPlusTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void Choose_TakesNoPlaceTwice_AndStopsWhereThereAreNoMore() => Problem.ForAll(
        Problem.Any(200, 3, Terrain.Uniform, Terrain.Blobs, Terrain.Lattice, Terrain.Duplicates, Terrain.Offset, Terrain.Huge),
        problem =>
        {
            var points = problem.Points<T>();
            var seeds = new KMeans<T>(new KMeansOptions { Seed = problem.Seed }).Seed(points, problem.K);
            return seeds.Count == Math.Min(problem.K, Points.CountDistinct(points)) && Points.CountDistinct(seeds) == seeds.Count;
        });

    [Fact]
    public void Choose_AtEveryWidthOfVectors_IsTheSame() => Problem.ForAll(Problem.Any(1500, 70), problem =>
    {
        var points = problem.Points<T>();
        return Kernels.All<T>().Select(kernel => string.Join(' ', Choose(points, problem.K, problem.Seed, kernel))).Distinct().Count() == 1;
    });

    [Fact]
    public void Choose_WithAndWithoutALookAtBytes_IsTheSame() => Problem.ForAll(Problem.Any(1500, 70), ChoosesTheSameWithoutBytes);

    [Theory]
    [InlineData(Terrain.Blobs)]
    [InlineData(Terrain.Uniform)]
    [InlineData(Terrain.Lattice)]
    [InlineData(Terrain.Duplicates)]
    public void Choose_FromManyBlocks_WithAndWithoutALookAtBytes_IsTheSame(Terrain terrain) =>
        Assert.True(ChoosesTheSameWithoutBytes(new Problem(5, 20_000, 6, 30, terrain, false)));

    private static bool ChoosesTheSameWithoutBytes(Problem problem)
    {
        var points = problem.Points<T>();
        int k = Math.Min(problem.N, problem.K + 20);
        int[] Chosen(ByteKernel? bytes) => new KMeansPlusPlus<T>(new SpatialIndex<T>(points, false, new ParallelOptions()), TileKernel<T>.ForThisProcessor()) { Bytes = bytes }
            .Choose(points, k, new Xoshiro256(problem.Seed), new ParallelOptions());
        int[] plain = Chosen(null);
        return Kernels.OfBytes().Where(kernel => kernel.Fits(PointTile.Width<T>())).All(kernel => Chosen(kernel).SequenceEqual(plain));
    }

    [Fact]
    public void Choose_OfTwoPlaces_TakesBoth()
    {
        var points = Points.Of<T>(1, 1, 1, 1, 1, 1, 1, 5, 1);
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal([1.0, 5.0], Points.ValuesOf(new KMeans<T>(new KMeansOptions { Seed = seed }).Seed(points, 2)).Order());
        }
    }

    [Fact]
    public void Choose_TakesTheCandidateThatLowersInertiaMost()
    {
        // Two groups and one far outlier: the square of the outlier's distance is the most likely draw by far, and a
        // candidate of it leaves less inertia than any other.
        var points = Points.Of<T>(1, 0, 0.1, 0.2, 10, 10.1, 10.2, 1000);
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Contains(1000, Points.ValuesOf(new KMeans<T>(new KMeansOptions { Seed = seed }).Seed(points, 2)));
        }
    }

    [Fact]
    public void Choose_WithWeights_TakesAHeavyPointFirst()
    {
        var points = Points.Weighted<T>(1, [1, 1, 1e9, 1], 1, 2, 3, 4);
        Assert.All(Enumerable.Range(0, 20), seed => Assert.Equal(2, Choose(points, 1, seed, Kernels.Scalar<T>())[0]));
    }

    [Fact]
    public void Choose_WithWeights_TakesTheSecondByWeightTimesSquare()
    {
        // From 0, which is as good as always first: at 1 the weight, at 1000 the square; both leave the other behind.
        var points = Points.Weighted<T>(1, [1e15, 1e8, 1], 0, 1, 1000);
        Assert.All(Enumerable.Range(0, 20), seed => Assert.Equal([0, 1], Choose(points, 2, seed, Kernels.Scalar<T>())));
    }

    [Fact]
    public void Choose_OnBlobs_StartsLowerThanRandomSeeding()
    {
        var points = new Problem(3, 600, 2, 4, Terrain.Blobs, false).Points<T>();
        double MeanInertia(SeedingMethod method) => Enumerable.Range(0, 20).Average(seed =>
            new KMeans<T>(new KMeansOptions { Method = method, Seed = seed, Trace = true }).Fit(points, 4).Model.Trace[0].Inertia);
        Assert.True(MeanInertia(SeedingMethod.KMeansPlusPlus) < MeanInertia(SeedingMethod.Random) / 2);
    }

    private static int[] Choose(PointSet<T> points, int k, int seed, TileKernel<T> kernel) =>
        new KMeansPlusPlus<T>(new SpatialIndex<T>(points, points.Dimension <= 4, new ParallelOptions()), kernel).Choose(points, k, new Xoshiro256(seed), new ParallelOptions());
}

public sealed class KMeansPlusPlusOfSingleTests : KMeansPlusPlusTests<float>;

public sealed class KMeansPlusPlusOfDoubleTests : KMeansPlusPlusTests<double>;
