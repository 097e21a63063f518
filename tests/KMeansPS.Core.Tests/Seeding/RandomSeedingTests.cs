using KMeansPS.Numerics;
using KMeansPS.Seeding;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Seeding;

public sealed class RandomSeedingTests
{
    private static readonly double[] OneTwoSeven = [1, 2, 7];

    [Fact]
    public void Choose_NeverTakesAPointTwice() => Problem.ForAll(Problem.Any(2000, 2), problem =>
    {
        int[] chosen = Choose(problem.Points<float>(), problem.K, new Xoshiro256(problem.Seed));
        return chosen.Length == problem.K && chosen.Distinct().Count() == problem.K && chosen.All(index => index >= 0 && index < problem.N);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Choose_OfAllPoints_IsAPermutation_AndNotTheIdentity(bool weighted)
    {
        int[] chosen = Choose(new Problem(1, 50, 1, 50, Terrain.Uniform, weighted).Points<double>(), 50, new Xoshiro256(1));
        Assert.Equal(Enumerable.Range(0, 50), chosen.Order());
        Assert.NotEqual(Enumerable.Range(0, 50), chosen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Choose_CanTakeEveryPointAtEveryPlace(bool weighted)
    {
        var points = new Problem(1, 5, 1, 3, Terrain.Uniform, weighted).Points<double>();
        var random = new Xoshiro256(2);
        var seen = new HashSet<(int Place, int Index)>();
        for (int i = 0; i < 500; i++)
        {
            seen.UnionWith(Choose(points, 3, random).Select((index, place) => (place, index)));
        }

        Assert.Equal(15, seen.Count);
    }

    [Fact]
    public void Choose_OfAPair_TakesEveryOrderAboutEquallyOften()
    {
        var points = Points.Of<double>(1, 1, 2, 3, 4);
        var random = new Xoshiro256(3);
        var counts = Enumerable.Range(0, 12_000).CountBy(_ => string.Join(' ', Choose(points, 2, random))).ToDictionary();
        Assert.Equal(12, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 800, 1200));
    }

    [Fact]
    public void Choose_WithWeights_TakesInProportion()
    {
        var points = Points.Weighted<double>(1, OneTwoSeven, 1, 2, 3);
        var random = new Xoshiro256(4);
        int[] counts = new int[3];
        for (int i = 0; i < 10_000; i++)
        {
            counts[Choose(points, 1, random)[0]]++;
        }

        // Chi-square of two degrees of freedom: above 20 once in 20 000 times, and the seed is fixed.
        double chiSquare = counts.Zip(OneTwoSeven, (count, weight) => Math.Pow(count - (1000 * weight), 2) / (1000 * weight)).Sum();
        Assert.InRange(chiSquare, 0, 20);
    }

    [Fact]
    public void Choose_WithWeights_TakesTheSecondInProportionToWhatIsLeft()
    {
        var points = Points.Weighted<double>(1, [1, 2, 1e15], 1, 2, 3);
        var random = new Xoshiro256(5);
        int[] second = [.. Enumerable.Range(0, 3000).Select(_ => Choose(points, 2, random)[1])];
        Assert.InRange(second.Count(index => index == 1), 1850, 2150);
        Assert.DoesNotContain(2, second);
    }

    [Fact]
    public void Choose_WithWeightsOverManyBlocks_TakesTheHeavyOnes()
    {
        double[] weights = [.. Enumerable.Repeat(1e-9, 5000)];
        int[] heavy = [7, 1500, 3333, 4999];
        foreach (int index in heavy)
        {
            weights[index] = 1;
        }

        int[] chosen = Choose(new PointSet<double>(new double[5000], 1, weights), 4, new Xoshiro256(6));
        Assert.Equal(heavy, chosen.Order());
    }

    private static int[] Choose<T>(PointSet<T> points, int k, Xoshiro256 random)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => new RandomSeeding<T>().Choose(points, k, random, new ParallelOptions());
}
