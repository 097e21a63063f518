using KMeansPS.Numerics;
using KMeansPS.Refinement;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Refinement;

public sealed class GeneticSearchTests
{
    // Pairs of points, of which each pair is a cluster. What each start misses the other has: Lloyd's rounds find neither.
    private static readonly float[] Pairs = [0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121];
    private static readonly float[] Left = [0.5f, 10.5f, 20.5f, 100, 101, 115.5f];
    private static readonly float[] Right = [0, 1, 15.5f, 100.5f, 110.5f, 120.5f];

    [Fact]
    public void Best_TakesTheBetterPartsOfBothParents()
    {
        var set = Set();
        Assert.True(set.Run(Left, 100).Inertia > 100);
        Assert.True(set.Run(Right, 100).Inertia > 100);

        float[] best = new GeneticSearch<float>(set, familySize: 3, CancellationToken.None).Best([Left, Right]);

        Assert.Equal([0.5f, 10.5f, 20.5f, 100.5f, 110.5f, 120.5f], best.Order());
    }

    [Fact]
    public void Best_OfManyFamilies_PutsTheirPartsTogether()
    {
        // One pair is right in each start, another in each family.
        float[] middles = [.. Pairs.Chunk(2).Select(pair => (pair[0] + pair[1]) / 2)];
        var starts = Enumerable.Range(0, 12).Select(start => middles.Select((middle, i) => i == start / 2 ? middle : 130 + start + i).ToArray());
        Assert.Equal(middles, new GeneticSearch<float>(Set(), familySize: 3, CancellationToken.None).Best(starts).Order());
    }

    [Fact]
    public void Best_OfOneStart_IsWhereItLeads() => Assert.Equal([5.5f, 20.5f, 110.5f], new GeneticSearch<float>(Set(), familySize: 3, CancellationToken.None).Best([[5, 21, 110]]).Order());

    [Fact]
    public void Best_CanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => new GeneticSearch<float>(Set(), familySize: 3, cancellation.Token).Best([Left, Right]));
    }

    private static SearchSet<float> Set() => new(new PointSet<float>(Pairs, 1), 0, TileKernel<float>.ForThisProcessor(), CancellationToken.None);
}
