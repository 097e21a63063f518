using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

public sealed class OwnDistanceTests
{
    [Fact]
    public void Squares_OfSinglePrecisionPoints_AreInDouble()
    {
        var points = Points.Of<float>(1, 0.1, 1, 2, 3, 4);
        double[] squares = OwnDistance.Squares(points, [0.3f], new int[5], Blocks.For(5), new ParallelOptions());
        Assert.Equal(points.Values.ToArray().Select(x => ((double)x - 0.3f) * ((double)x - 0.3f)), squares);
    }

    [Fact]
    public void Inertia_IsTheTextbooksBitForBit() => Problem.ForAll(Problem.Any(3000, 9), problem =>
    {
        var points = problem.Points<float>();
        var centroids = problem.Centroids<float>();
        int[] clusters = Textbook.Assign(points, centroids);
        var blocks = Blocks.For(points.Count, centroids.Count);
        double[] inertia = OwnDistance.Inertia(points, centroids.Values.ToArray(), clusters, blocks, new ParallelOptions());
        return Bits.Same<double>(Textbook.Inertia(points, clusters, centroids, blocks.Size), inertia);
    });
}
