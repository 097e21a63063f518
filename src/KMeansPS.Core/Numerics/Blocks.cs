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
    private const int MinSize = 1024;

    // A block is a whole number of tiles, and of groups of tiles, in either precision.
    private const int WholeTiles = 512;

    // Each block has partial sums for all K clusters; with 16 points or more for each cluster they stay small beside
    // the points, in memory and in time.
    private const int MinPointsForEachCluster = 16;

    internal int Count => (int)(((long)Total + Size - 1) / Size);

    internal static Blocks For(int points, int clusters = 1)
    {
        long size = Math.Max(MinSize, Math.Max((long)MinPointsForEachCluster * clusters, (points + MaxCount - 1L) / MaxCount));
        return new Blocks(points, (int)Math.Min((size + WholeTiles - 1) / WholeTiles * WholeTiles, int.MaxValue));
    }

    internal int Start(int block) => block * Size;

    internal int Length(int block) => Math.Min(Size, Total - Start(block));

    /// <summary>Runs the body once for each block, on as many threads as the options allow.</summary>
    internal void ForEach(ParallelOptions parallel, Action<int> body)
    {
        if (parallel.MaxDegreeOfParallelism == 1 || Count == 1)
        {
            for (int block = 0; block < Count; block++)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                body(block);
            }

            return;
        }

        try
        {
            Parallel.For(0, Count, parallel, body);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(parallel.CancellationToken);
        }
    }
}
