using System.IO.Compression;
using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// How a picture with a palette lies in a file: the order of its entries and the filter of its rows. Without a filter
/// the order is all the same to deflate, and copies of earlier pixels do the work; where a picture has more noise than
/// repetitions, differences of well ordered indices take fewer bits. A sample is compressed each way.
/// </summary>
internal sealed class IndexedLayout
{
    private static readonly PngFilterType[] Candidates = [PngFilterType.None, PngFilterType.Sub, PngFilterType.Up, PngFilterType.Paeth];

    private IndexedLayout(IndexedImage image, byte[] order, PngFilterType filter)
    {
        Rows = new IndexedRows(image, order.AsSpan().SequenceEqual(Identity(order.Length)) ? null : order);
        Palette = new Palette([.. order.Select(entry => image.Palette[entry])]);
        Filters = new PngFilterType[image.Height];
        Array.Fill(Filters, filter);
    }

    /// <summary>The rows as the file has them.</summary>
    internal IndexedRows Rows { get; }

    /// <summary>The palette as the file has it: entries with alpha first.</summary>
    internal Palette Palette { get; }

    /// <summary>The filter of each row.</summary>
    internal PngFilterType[] Filters { get; }

    /// <summary>Chooses a layout.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="level">How much time to spend.</param>
    /// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
    internal static IndexedLayout Choose(IndexedImage image, CompressionLevel level, ParallelOptions parallel)
    {
        byte[] kept = [.. Identity(image.Palette.Count).OrderBy(entry => image.Palette[entry].A == 255)];
        var plain = new IndexedLayout(image, kept, PngFilterType.None);
        if (level == CompressionLevel.NoCompression || image.Palette.Count <= 2)
        {
            return plain;
        }

        int passes = level switch { CompressionLevel.Fastest => 0, CompressionLevel.SmallestSize => 100, _ => 4 };
        byte[] order = PaletteOrder.Find(image, 1 << plain.Rows.BitDepth, passes, parallel.CancellationToken);
        IndexedLayout[] layouts = [.. Candidates.Select(filter => filter == PngFilterType.None ? plain : new IndexedLayout(image, order, filter))];
        var sampler = new DeflateSampler(level, parallel);
        return layouts.MinBy(layout => sampler.Measure(new FilteredRows(layout.Rows, layout.Filters)))!;
    }

    private static byte[] Identity(int count) => [.. Enumerable.Range(0, count).Select(entry => (byte)entry)];
}
