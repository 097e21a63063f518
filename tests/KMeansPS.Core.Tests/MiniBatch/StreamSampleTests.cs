using KMeansPS.MiniBatch;
using KMeansPS.Numerics;

namespace KMeansPS.Tests.MiniBatch;

public sealed class StreamSampleTests
{
    [Fact]
    public void Add_OfFewerPointsThanItTakes_KeepsAllInTheirOrder()
    {
        var sample = Drawn(seed: 1, capacity: 10, count: 10);
        Assert.True(sample.HasAll);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)i), sample.Points(0, 10, []).Values.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_OfMorePoints_KeepsEachAsOftenAsAnyOther(bool shuffled)
    {
        var hits = new int[40];
        for (int seed = 0; seed < 4000; seed++)
        {
            var sample = Drawn(seed, capacity: 10, count: 40);
            if (shuffled)
            {
                sample.Shuffle();
            }

            // Shuffled, some of the places are a sample as well.
            foreach (double point in sample.Points(shuffled ? 5 : 0, shuffled ? 5 : 10, []).Values)
            {
                hits[(int)point]++;
            }
        }

        // 1000 or 500 hits each are expected, with a standard deviation of 27 or 21.
        Assert.All(hits, count => Assert.InRange(count, shuffled ? 390 : 860, shuffled ? 610 : 1140));
    }

    [Fact]
    public void Add_OfWeightedPoints_KeepsEachPointsOwnWeight()
    {
        var sample = new StreamSample<double>(1, 7, new Xoshiro256(1));
        double[] values = [.. Enumerable.Range(1, 50).Select(i => (double)i)];
        sample.Add(new PointSet<double>(values, 1, values));
        sample.Shuffle();
        var points = sample.Points(2, 4, ["x"]);
        Assert.Equal(points.Values.ToArray(), points.Weights.ToArray());
        Assert.Equal((50L, 1275.0, 7), (sample.Seen, sample.Weight, sample.Count));
    }

    private static StreamSample<double> Drawn(long seed, int capacity, int count)
    {
        var sample = new StreamSample<double>(1, capacity, new Xoshiro256(seed));
        for (int start = 0; start < count; start += 8)
        {
            sample.Add(new PointSet<double>(Enumerable.Range(start, Math.Min(8, count - start)).Select(i => (double)i).ToArray(), 1));
        }

        return sample;
    }
}
