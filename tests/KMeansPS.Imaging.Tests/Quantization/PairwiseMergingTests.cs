using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public sealed class PairwiseMergingTests
{
    private static PointSet<float> Merge(PointSet<float> points, int k) => PairwiseMerging.Centroids(points, k, 256, TestContext.Current.CancellationToken);

    // Ward's method as it is defined: the pair that costs least, again and again.
    private static double[][] Plain(PointSet<float> points, int k)
    {
        var clusters = Enumerable.Range(0, points.Count)
            .Select(i => (Weight: points.Weights[i], Mean: points[i].ToArray().Select(value => (double)value).ToArray())).ToList();
        double Cost(int a, int b) => clusters[a].Mean.Zip(clusters[b].Mean, (x, y) => (x - y) * (x - y)).Sum() / ((1 / clusters[a].Weight) + (1 / clusters[b].Weight));
        while (clusters.Count > k)
        {
            var (a, b) = (from i in Enumerable.Range(0, clusters.Count) from j in Enumerable.Range(0, i) select (i, j)).MinBy(pair => Cost(pair.i, pair.j));
            double weight = clusters[a].Weight + clusters[b].Weight;
            clusters[b] = (weight, [.. clusters[a].Mean.Zip(clusters[b].Mean, (x, y) => ((x * clusters[a].Weight) + (y * clusters[b].Weight)) / weight)]);
            clusters.RemoveAt(a);
        }

        return [.. clusters.Select(cluster => cluster.Mean)];
    }

    private static PointSet<float> RandomPoints(int count, int dimension, int seed)
    {
        var random = new Random(seed);
        var values = new float[count * dimension];
        foreach (ref float value in values.AsSpan())
        {
            value = (random.NextSingle() * 400) - 200;
        }

        return new PointSet<float>(values, dimension, [.. Enumerable.Range(0, count).Select(_ => Math.Pow(10, random.NextDouble() * 6))]);
    }

    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(17, 3, 17)]
    [InlineData(17, 3, 16)]
    [InlineData(100, 3, 7)]
    [InlineData(100, 4, 7)]
    [InlineData(130, 4, 1)]
    public void Centroids_AreThoseOfMergingTheCheapestPairAgainAndAgain(int count, int dimension, int k)
    {
        var points = RandomPoints(count, dimension, count + k);
        var expected = Plain(points, k);
        var actual = Merge(points, k);

        Assert.Equal(k, actual.Count);
        foreach (double[] mean in expected)
        {
            Assert.Contains(Enumerable.Range(0, k), i => actual[i].ToArray().Zip(mean, (x, y) => Math.Abs(x - y)).Max() < 1e-3);
        }
    }

    [Fact]
    public void Centroids_OfALattice_AreAsManyAsAreAskedForAndKeepTheMean()
    {
        // Every point has neighbours at one distance: chains of ties.
        float[] values = [.. from x in Enumerable.Range(0, 12) from y in Enumerable.Range(0, 12) from z in Enumerable.Range(0, 12) from value in (int[])[x, y, z] select 8f * value];
        var points = new PointSet<float>(values, 3, [.. Enumerable.Repeat(5.0, values.Length / 3)]);
        var centroids = Merge(points, 216);
        Assert.Equal(216, centroids.Count);
        Assert.Equal(216, Enumerable.Range(0, 216).Select(i => (centroids[i][0], centroids[i][1], centroids[i][2])).Distinct().Count());
    }

    // The lattice is not of whole numbers: many costs differ by no more than their rounding.
    [Theory]
    [InlineData(7, 1445)]
    [InlineData(6, 16267)]
    [InlineData(6, 48619)]
    public void Centroids_OfCostsThatDifferByTheirRounding_AreAsManyAsAreAskedFor(int side, int seed)
    {
        var random = new Random(seed);
        float[] values = [.. from x in Enumerable.Range(0, side) from y in Enumerable.Range(0, side) from z in Enumerable.Range(0, side) from value in (int[])[x, y, z] select value + 0.2f];
        double[] weights = [.. Enumerable.Range(0, side * side * side).Select(_ => 3.0 * random.Next(1, 4))];
        var centroids = Merge(new PointSet<float>(values, 3, weights), 100);
        Assert.Equal(100, centroids.Count);
        Assert.All(centroids.Values.ToArray(), value => Assert.InRange(value, 0.2f, side));
    }

    [Fact]
    public void Centroids_OfPointsAtOnePlace_AreThere()
    {
        var points = new PointSet<float>(Enumerable.Repeat(7f, 90).ToArray(), 3, [.. Enumerable.Repeat(2.0, 30)]);
        Assert.All(Merge(points, 4).Values.ToArray(), value => Assert.Equal(7f, value));
    }

    [Fact]
    public void Centroids_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => PairwiseMerging.Centroids(RandomPoints(20, 3, 1), 2, 256, new CancellationToken(canceled: true)));
}
