using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Refinement;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public abstract class HartiganStepsTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void Improve_WhereLloydStandsStill_MovesThePointThatGains()
    {
        // 1.01 is a little nearer to 2.005 than to 0, but without it the cluster of 3 has no inertia at all.
        var set = Set(Points.Of<T>(1, 0, 1.01, 3));
        var still = set.Run([T.Zero, T.CreateChecked(2.005)], rounds: 10);
        Assert.Equal([0, 1, 1], still.Nearest);

        var moved = new HartiganSteps<T>(set, rounds: 10).Improve(still);

        Assert.Equal([0, 0, 1], moved.Nearest);
        Assert.Equal(0.51, moved.Inertia, 4);
    }

    [Fact]
    public void Improve_NeverRaisesTheInertia() => Problem.ForAll(
        Problem.Any(300, 4, Terrain.Uniform, Terrain.Blobs, Terrain.Lattice, Terrain.Duplicates, Terrain.Offset),
        problem =>
        {
            var points = problem.Points<T>();
            var set = Set(points);
            var start = set.Run(new KMeans<T>(new KMeansOptions { Seed = problem.Seed }).Seed(points, problem.K).Values.ToArray(), rounds: 50);
            return new HartiganSteps<T>(set, rounds: 50).Improve(start).Inertia <= start.Inertia;
        });

    private static SearchSet<T> Set(PointSet<T> points) => new(points, 0, TileKernel<T>.ForThisProcessor(), CancellationToken.None);
}

public sealed class HartiganStepsOfSingleTests : HartiganStepsTests<float>;

public sealed class HartiganStepsOfDoubleTests : HartiganStepsTests<double>;
