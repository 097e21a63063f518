using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Refinement;
using KMeansPS.Seeding;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public abstract class TileSeedingTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly ParallelOptions Parallel = new();

    [Theory]
    [InlineData(700, 17, 20, Terrain.Uniform)]
    [InlineData(700, 3, 10, Terrain.Blobs)]
    [InlineData(3_001, 3, 40, Terrain.Uniform)]
    [InlineData(1_500, 5, 9, Terrain.Lattice)]
    [InlineData(90, 6, 3, Terrain.Offset)]
    public void Choose_FromTheSameNumbers_ChoosesWhatKMeansPlusPlusChooses(int count, int dimension, int k, Terrain terrain)
    {
        foreach (bool isWeighted in new[] { false, true })
        {
            var points = new Problem(count, count, dimension, k, terrain, isWeighted).Points<T>();
            var index = new SpatialIndex<T>(points, dimension <= SpatialOrder.MaxDimension && count > 1024, Parallel);
            foreach (var kernel in Kernels.All<T>())
            {
                var expected = new Xoshiro256(5);
                var random = new Xoshiro256(5);
                var seeding = Seeding(points, kernel);
                for (int start = 0; start < 3; start++)
                {
                    var chosen = new KMeansPlusPlus<T>(index, kernel).Choose(points, k, expected, Parallel);
                    int first = new RandomSeeding<T>().Choose(points, 1, random, Parallel)[0];
                    Assert.Equal(Points.ValuesOf(points.Select(chosen, weights: null)), Points.ValuesOf(points.WithValues(seeding.Choose(points[first], k, KMeansPlusPlus<T>.CandidateCount(k), random))));
                }
            }
        }
    }

    [Fact]
    public void Choose_OfFewerDistinctPoints_ChoosesEachOnce() => Assert.Equal(
        [1, 2, 3],
        Seeding(Points.Of<T>(1, 2, 1, 2, 3, 3, 1), Kernels.Scalar<T>()).Choose([T.One], 5, 3, new Xoshiro256(1)).Select(double.CreateTruncating).Order());

    [Fact]
    public void Choose_CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var set = new SearchSet<T>(Points.Of<T>(1, 1, 2, 3), 0, Kernels.Scalar<T>(), CancellationToken.None);
        Assert.Throws<OperationCanceledException>(() => new TileSeeding<T>(set, Kernels.Scalar<T>(), cancellation.Token).Choose([T.One], 2, 2, new Xoshiro256(1)));
    }

    private static TileSeeding<T> Seeding(PointSet<T> points, TileKernel<T> kernel) =>
        new(new SearchSet<T>(points, 0, kernel, CancellationToken.None), kernel, CancellationToken.None);
}

public sealed class TileSeedingOfSingleTests : TileSeedingTests<float>;

public sealed class TileSeedingOfDoubleTests : TileSeedingTests<double>;
