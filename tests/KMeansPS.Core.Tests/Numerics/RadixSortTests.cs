using KMeansPS.Numerics;

namespace KMeansPS.Tests.Numerics;

public sealed class RadixSortTests
{
    public static MatrixTheoryData<int, int> Sizes => new([1, 2, 3, 1024, 1025, 100_000], [1, 11, 12, 20, 22, 30, 32]);

    // With 100,000 keys digits are taken along from the first pass on, from the second, or never, by how many bits there are.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Order_SortsByAllBits_AndKeepsTheOrderOfEquals_OnAnyNumberOfThreads(int count, int bits)
    {
        var random = new Random(bits);
        var keys = new uint[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = i % 3 == 0 && i > 0 ? keys[random.Next(i)] : (uint)random.NextInt64(1L << bits);
        }

        var expected = Enumerable.Range(0, count).OrderBy(i => keys[i]);
        Assert.Equal(expected, RadixSort.Order(keys, bits, new ParallelOptions { MaxDegreeOfParallelism = 1 }));
        Assert.Equal(expected, RadixSort.Order(keys, bits, new ParallelOptions { MaxDegreeOfParallelism = 3 }));
    }
}
