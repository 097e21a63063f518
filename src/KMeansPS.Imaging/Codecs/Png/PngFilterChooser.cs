namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// Filters rows of true colour with the filter whose result has the smallest sum of absolute values: the heuristic that
/// the standard suggests (W3C PNG, third edition 2025, 12.7). On a tie the filter with the lower number wins.
/// </summary>
/// <param name="rowLength">Bytes a row.</param>
/// <param name="distance">Bytes a pixel.</param>
internal sealed class PngFilterChooser(int rowLength, int distance)
{
    private byte[] _row = new byte[rowLength];
    private byte[] _above = new byte[rowLength];
    private byte[] _best = new byte[rowLength];
    private byte[] _candidate = new byte[rowLength];

    /// <summary>Where the samples of the next row go, before <see cref="Filter"/> is called.</summary>
    internal Span<byte> Row => _row;

    /// <summary>The filtered row, after <see cref="Filter"/> was called.</summary>
    internal ReadOnlySpan<byte> Filtered => _best;

    /// <summary>Filters <see cref="Row"/> and goes to the next one.</summary>
    /// <returns>The filter that was chosen.</returns>
    internal PngFilterType Filter()
    {
        var chosen = PngFilterType.None;
        _row.CopyTo(_best, 0);
        long least = PngFilter.SumOfAbsolutes(_best);
        for (var filter = PngFilterType.Sub; filter <= PngFilterType.Paeth; filter++)
        {
            PngFilter.Apply(filter, _row, _above, distance, _candidate);
            long sum = PngFilter.SumOfAbsolutes(_candidate);
            if (sum < least)
            {
                least = sum;
                chosen = filter;
                (_best, _candidate) = (_candidate, _best);
            }
        }

        (_row, _above) = (_above, _row);
        return chosen;
    }
}
