using KMeansPS.Refinement;

namespace KMeansPS.Tests.Refinement;

public sealed class PairwiseNearestNeighborTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(7, 3)]
    [InlineData(40, 2)]
    [InlineData(64, 3)]
    [InlineData(90, 4)]
    public void MergeTo_MergesThePairThatCostsLeast_OneAfterTheOther(int count, int dimension)
    {
        for (int k = 1; k <= count; k += (count / 9) + 1)
        {
            var random = new Random(k);
            double[] means = [.. Enumerable.Range(0, count * dimension).Select(_ => random.NextDouble())];
            double[] weights = [.. Enumerable.Range(0, count).Select(_ => Math.Exp(6 * random.NextDouble()))];
            var expected = Plain(means, weights, k);

            var merged = new PairwiseNearestNeighbor([.. means], [.. weights]).MergeTo(k).ToArray();

            Assert.Equal(k * dimension, merged.Length);
            Assert.Equal(Rounded(expected), Rounded(merged.Chunk(dimension)));
        }
    }

    [Fact]
    public void MergeTo_OfClustersAtOnePlace_MergesTheseFirst() =>
        Assert.Equal([1, 2, 5], new PairwiseNearestNeighbor([1, 5, 2, 1, 5, 1], [1, 2, 3, 4, 5, 6]).MergeTo(3).ToArray().Order());

    [Fact]
    public void MergeTo_MoreThanThereAre_LeavesAll() => Assert.Equal([1, 5], new PairwiseNearestNeighbor([1, 5], [1, 2]).MergeTo(3).ToArray());

    // All pairs are looked at before each merger.
    private static IEnumerable<double[]> Plain(double[] means, double[] weights, int k)
    {
        var clusters = means.Chunk(means.Length / weights.Length).Zip(weights, (mean, weight) => (Mean: mean, Weight: weight)).ToList();
        while (clusters.Count > k)
        {
            var (first, second) = (from i in Enumerable.Range(0, clusters.Count) from j in Enumerable.Range(0, i) select (i, j)).MinBy(pair => Cost(clusters[pair.i], clusters[pair.j]));
            var (one, other) = (clusters[first], clusters[second]);
            double weight = one.Weight + other.Weight;
            clusters[second] = ([.. one.Mean.Zip(other.Mean, (x, y) => ((x * one.Weight) + (y * other.Weight)) / weight)], weight);
            clusters.RemoveAt(first);
        }

        return clusters.Select(cluster => cluster.Mean);

        static double Cost((double[] Mean, double Weight) one, (double[] Mean, double Weight) other) =>
            one.Mean.Zip(other.Mean, (x, y) => (x - y) * (x - y)).Sum() * one.Weight * other.Weight / (one.Weight + other.Weight);
    }

    private static IEnumerable<string> Rounded(IEnumerable<double[]> means) => means.Select(mean => string.Join(' ', mean.Select(value => value.ToString("F9")))).Order();
}
