using KMeansPS.Numerics;

namespace KMeansPS.Tests.Numerics;

public sealed class BlocksTests
{
    public static MatrixTheoryData<int, int> Sizes => new([1, 31, 1023, 1024, 1025, 131072, 131073, 1_000_003, int.MaxValue], [1, 64, 65, 1000, int.MaxValue]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void For_CoversEveryPointOnce(int points, int clusters)
    {
        var blocks = Blocks.For(points, clusters);
        long next = 0;
        for (int block = 0; block < blocks.Count; block++)
        {
            Assert.Equal(next, blocks.Start(block));
            Assert.True(blocks.Length(block) > 0);
            next += blocks.Length(block);
        }

        Assert.Equal(points, next);
    }

    [Theory]
    [InlineData(1, 1, 512)]
    [InlineData(65536, 1, 512)]
    [InlineData(65537, 1, 1024)]
    [InlineData(131072, 1, 1024)]
    [InlineData(131073, 1, 1536)]
    [InlineData(1000, 64, 1024)]
    [InlineData(1000, 65, 1536)]
    [InlineData(1_000_000, 256, 8192)]
    public void For_SizesBlocksByPointsAndClustersAlone(int points, int clusters, int size) => Assert.Equal(size, Blocks.For(points, clusters).Size);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void ForEach_RunsEachBlockOnce(int threads)
    {
        var blocks = Blocks.For(100_000);
        int[] runs = new int[blocks.Count];
        blocks.ForEach(new ParallelOptions { MaxDegreeOfParallelism = threads }, block => Interlocked.Increment(ref runs[block]));
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void ForEach_WhereOneThreadIsHeldUp_LeavesNothingOfItsShareToIt()
    {
        var blocks = new Blocks(100, 1);
        using var othersAreDone = new CountdownEvent(99);
        bool wereDoneByOthers = false;
        blocks.ForEach(new ParallelOptions { MaxDegreeOfParallelism = 2 }, block =>
        {
            if (block == 0)
            {
                wereDoneByOthers = othersAreDone.Wait(TimeSpan.FromMinutes(1));
            }
            else
            {
                othersAreDone.Signal();
            }
        });
        Assert.True(wereDoneByOthers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ForEach_WhenABodyIsCancelled_ThrowsOnlyThat(int threads)
    {
        using var cancellation = new CancellationTokenSource();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation.Token };
        var thrown = Assert.ThrowsAny<OperationCanceledException>(() => Blocks.For(100_000).ForEach(parallel, block =>
        {
            cancellation.Cancel();
            cancellation.Token.ThrowIfCancellationRequested();
        }));
        Assert.Equal(cancellation.Token, thrown.CancellationToken);
    }
}
