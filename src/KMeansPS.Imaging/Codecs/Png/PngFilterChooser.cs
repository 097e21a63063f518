namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// Chooses for each row of true colour the filter whose result has the smallest sum of absolute values: the heuristic
/// that the standard suggests (W3C PNG, third edition 2025, 12.7). On a tie the filter with the lower number wins.
/// </summary>
internal static class PngFilterChooser
{
    private const int RowsInBlock = 32;

    /// <summary>Chooses the filters of all rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
    internal static PngFilterType[] Choose(IPackedRows rows, ParallelOptions parallel)
    {
        var filters = new PngFilterType[rows.Height];
        int blocks = (rows.Height + RowsInBlock - 1) / RowsInBlock;
        Parallel.For(0, blocks, parallel, block =>
        {
            var row = new byte[rows.RowLength];
            var above = new byte[rows.RowLength];
            var filtered = new byte[rows.RowLength];
            int first = block * RowsInBlock;
            if (first > 0)
            {
                rows.Pack(first - 1, 0, above);
            }

            for (int y = first; y < Math.Min(first + RowsInBlock, rows.Height); y++)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                rows.Pack(y, 0, row);
                filters[y] = Best(row, above, rows.Distance, filtered);
                (row, above) = (above, row);
            }
        });
        return filters;
    }

    private static PngFilterType Best(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int distance, Span<byte> filtered)
    {
        var best = PngFilterType.None;
        long least = PngFilter.SumOfAbsolutes(row);
        for (var filter = PngFilterType.Sub; filter <= PngFilterType.Paeth; filter++)
        {
            PngFilter.Apply(filter, row, above, distance, filtered);
            long sum = PngFilter.SumOfAbsolutes(filtered);
            if (sum < least)
            {
                least = sum;
                best = filter;
            }
        }

        return best;
    }
}
