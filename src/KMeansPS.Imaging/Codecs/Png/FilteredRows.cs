using System.Buffers;
using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// The bytes that a PNG file compresses: each row filtered, behind the number of its filter (W3C PNG, third edition
/// 2025, 7.2). They are made when they are asked for, and never all there at a time.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="filters">The filter of each row.</param>
internal sealed class FilteredRows(IPackedRows rows, PngFilterType[] filters) : IDeflateSource
{
    // Of a longer row only a part is packed at a time.
    private const int LongestPart = 1 << 16;
    private readonly int _stride = rows.RowLength + 1;

    /// <inheritdoc/>
    public long Length => (long)_stride * rows.Height;

    /// <inheritdoc/>
    public void Read(long position, Span<byte> destination)
    {
        int partLength = Math.Min(rows.RowLength, LongestPart / rows.Distance * rows.Distance);
        var pool = ArrayPool<byte>.Shared;
        var row = pool.Rent(partLength + (2 * rows.Distance));
        var above = pool.Rent(partLength + (2 * rows.Distance));
        var packedAbove = (Y: -1, From: 0, To: 0);
        while (!destination.IsEmpty)
        {
            int y = (int)(position / _stride);
            int x = (int)(position % _stride) - 1;
            if (x < 0)
            {
                destination[0] = (byte)filters[y];
                destination = destination[1..];
                position++;
                continue;
            }

            // From a whole pixel on, and one before it for the filter to look at.
            int first = x / rows.Distance * rows.Distance;
            int from = Math.Max(first - rows.Distance, 0);
            int end = Math.Min(Math.Min(x + destination.Length, first + partLength), rows.RowLength);
            int to = (end + rows.Distance - 1) / rows.Distance * rows.Distance;
            if (filters[y] >= PngFilterType.Up && packedAbove != (y - 1, from, to))
            {
                Pack(y - 1, from, above.AsSpan(0, to - from));
            }

            rows.Pack(y, from, row.AsSpan(0, to - from));
            Filter(filters[y], row.AsSpan(0, to - from), above, x - from, destination[..(end - x)]);
            destination = destination[(end - x)..];
            position += end - x;
            packedAbove = (y, from, to);
            (row, above) = (above, row);
        }

        pool.Return(row);
        pool.Return(above);
    }

    private void Pack(int y, int from, Span<byte> packed)
    {
        if (y < 0)
        {
            packed.Clear();
        }
        else
        {
            rows.Pack(y, from, packed);
        }
    }

    private void Filter(PngFilterType filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int skipped, Span<byte> filtered)
    {
        if (skipped == 0 && filtered.Length == row.Length)
        {
            PngFilter.Apply(filter, row, above, rows.Distance, filtered);
            return;
        }

        var whole = ArrayPool<byte>.Shared.Rent(row.Length);
        PngFilter.Apply(filter, row, above, rows.Distance, whole.AsSpan(0, row.Length));
        whole.AsSpan(skipped, filtered.Length).CopyTo(filtered);
        ArrayPool<byte>.Shared.Return(whole);
    }
}
