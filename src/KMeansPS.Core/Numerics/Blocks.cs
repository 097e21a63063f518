namespace KMeansPS.Numerics;

/// <summary>
/// The points 0 to n - 1 cut into blocks of one size. The size follows from the problem and never from the machine:
/// each block makes its own partial sums, which are then added in the order of the blocks, and so the bits do not
/// depend on how many threads shared the blocks.
/// </summary>
/// <param name="Total">n, at least 1.</param>
/// <param name="Size">Points in each block but the last.</param>
internal readonly record struct Blocks(int Total, int Size)
{
    private const int MaxCount = 128;

    // A block is a whole number of tiles, and of groups of tiles, in either precision.
    private const int WholeTiles = 512;

    // Each block has partial sums for all K clusters; with 16 points or more for each cluster they stay small beside
    // the points, in memory and in time.
    private const int MinPointsForEachCluster = 16;

    internal int Count => (int)(((long)Total + Size - 1) / Size);

    internal static Blocks For(int points, int clusters = 1)
    {
        long size = Math.Max((long)MinPointsForEachCluster * clusters, (points + MaxCount - 1L) / MaxCount);
        return new Blocks(points, (int)Math.Min((size + WholeTiles - 1) / WholeTiles * WholeTiles, int.MaxValue));
    }

    internal int Start(int block) => block * Size;

    internal int Length(int block) => Math.Min(Size, Total - Start(block));

    /// <summary>
    /// Runs the body once for each block, on as many threads as the options allow. A thread has the same share of
    /// neighbouring blocks in every round, which it finds in its cache, and helps with another's when its own is done.
    /// </summary>
    internal void ForEach(ParallelOptions parallel, Action<int> body)
    {
        int threads = Math.Min(Count, parallel.MaxDegreeOfParallelism < 0 ? Environment.ProcessorCount : parallel.MaxDegreeOfParallelism);
        var shares = new Blocks(Count, (Count + threads - 1) / threads);
        if (threads == 1)
        {
            shares.Work(0, new int[1], body, parallel.CancellationToken);
            return;
        }

        var done = new int[shares.Count];
        try
        {
            Parallel.For(0, shares.Count, parallel, share => shares.Work(share, done, body, parallel.CancellationToken));
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(parallel.CancellationToken);
        }
    }

    // Does what is left of one share, then of the others.
    private void Work(int first, int[] done, Action<int> body, CancellationToken cancellationToken)
    {
        for (int i = 0; i < Count; i++)
        {
            int share = (first + i) % Count;
            for (int at; (at = Interlocked.Increment(ref done[share]) - 1) < Length(share);)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(Start(share) + at);
            }
        }
    }
}
