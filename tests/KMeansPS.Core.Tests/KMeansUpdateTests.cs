using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public abstract class KMeansUpdateTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int[] TwoOfThree = [2, 0, 2];

    [Fact]
    public void Update_TakesTheMeanOfEachCluster_AndLeavesAnEmptyOneWhereItWas()
    {
        var update = new KMeans<T>().Update(Points.Of<T>(2, 1, 2, 9, 9, 3, 6), TwoOfThree, Points.Of<T>(2, 0, 0, 7, 8, 0, 0));
        Assert.Equal([9.0, 9, 7, 8, 2, 4], Points.ValuesOf(update.Centroids));
        Assert.Equal([1L, 0, 2], update.Counts);
    }

    [Fact]
    public void Update_WithWeights_TakesTheWeightedMean_AndCountsPoints()
    {
        var update = new KMeans<T>().Update(Points.Weighted<T>(1, [1, 5, 3], 2, 9, 6), TwoOfThree, Points.Of<T>(1, 0, 7, 0));
        Assert.Equal([9.0, 7, 5], Points.ValuesOf(update.Centroids));
        Assert.Equal([1L, 0, 2], update.Counts);
    }

    [Fact]
    public void Update_IsTheTextbooksBitForBit() => Problem.ForAll(Problem.Any(3000, 30), problem =>
    {
        var points = problem.Points<T>();
        var former = problem.Centroids<T>();
        var random = new Random(problem.Seed);
        int[] clusters = [.. Enumerable.Range(0, points.Count).Select(_ => random.Next(former.Count))];
        var means = (PointSet<T>)new KMeans<T>().Update(points, clusters, former).Centroids;
        return Bits.Same(Textbook.Means(points, clusters, former, Blocks.For(points.Count, former.Count).Size).Values, means.Values);
    });

    [Fact]
    public void Update_OfManyEqualPoints_IsNotLostToRounding()
    {
        // In single precision a running sum would stand still at 2^24 times the step.
        var points = new PointSet<float>(Enumerable.Repeat(0.1f, 3_000_000).ToArray(), 1);
        Assert.Equal([0.1f], ((PointSet<float>)new KMeans<float>().Update(points, new int[points.Count], Points.Of<float>(1, 0)).Centroids).Values.ToArray());
    }

    [Fact]
    public void Update_WithTheWrongNumberOfLabels_SaysBothNumbers()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new KMeans<T>().Update(Points.Of<T>(1, 1, 2, 3), [0, 0], Points.Of<T>(1, 1)));
        Assert.Contains("3 points need 3 cluster numbers, not 2", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("clusters", thrown.ParamName);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Update_WithALabelThatIsNoCluster_SaysWhichPointAndWhichLabels(int label)
    {
        var thrown = Assert.Throws<ArgumentException>(() => new KMeans<T>().Update(Points.Of<T>(1, 1, 2, 3), [0, label, 1], Points.Of<T>(1, 1, 2)));
        Assert.Contains($"Point 1 is in cluster {label}, but the clusters are 0 to 1", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_WithAnotherDimension_SaysBoth()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new KMeans<T>().Update(Points.Of<T>(2, 1, 2), [0], Points.Of<T>(1, 1)));
        Assert.Contains("points have 2 dimensions, the centroids 1", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Update_OfNothing_NamesTheParameter()
    {
        var one = Points.Of<T>(1, 1);
        Assert.Equal("points", Assert.Throws<ArgumentNullException>(() => new KMeans<T>().Update(null!, [0], one)).ParamName);
        Assert.Equal("clusters", Assert.Throws<ArgumentNullException>(() => new KMeans<T>().Update(one, null!, one)).ParamName);
    }
}

public sealed class KMeansUpdateOfSingleTests : KMeansUpdateTests<float>;

public sealed class KMeansUpdateOfDoubleTests : KMeansUpdateTests<double>;
