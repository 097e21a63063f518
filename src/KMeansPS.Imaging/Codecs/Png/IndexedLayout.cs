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
    private const int ToleratedPercentage = 3;
    private const int MuchCopiedPercentage = 40;
    private static readonly PngFilterType[] Filtering = [PngFilterType.Sub, PngFilterType.Up, PngFilterType.Paeth];

    private IndexedLayout(IndexedImage image, byte[] order, PngFilterType filter)
    {
        Rows = new IndexedRows(image, order);
        var entries = new Rgba[order.Length];
        for (int place = 0; place < entries.Length; place++)
        {
            entries[place] = image.Palette[order[place]];
        }

        Palette = new Palette(entries);
        Filters = new PngFilterType[image.Height];
        Array.Fill(Filters, filter);
    }

    /// <summary>The rows as the file has them.</summary>
    internal IndexedRows Rows { get; }

    /// <summary>The palette as the file has it: entries with alpha first.</summary>
    internal Palette Palette { get; }

    /// <summary>The filter of each row.</summary>
    internal PngFilterType[] Filters { get; }

    private FilteredRows Filtered => new(Rows, Filters);

    /// <summary>Chooses a layout.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="level">How much time to spend.</param>
    /// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
    internal static IndexedLayout Choose(IndexedImage image, CompressionLevel level, ParallelOptions parallel)
    {
        var best = new IndexedLayout(image, PaletteOrder.Keep(image.Palette), PngFilterType.None);
        if (level == CompressionLevel.NoCompression || image.Palette.Count <= 2)
        {
            return best;
        }

        int passes = level switch { CompressionLevel.Fastest => 0, CompressionLevel.SmallestSize => 100, _ => 4 };
        byte[] order = PaletteOrder.Find(image, 1 << best.Rows.BitDepth, passes, parallel.CancellationToken);
        IndexedLayout[] filtered = [.. Filtering.Select(filter => new IndexedLayout(image, order, filter))];
        return level == CompressionLevel.SmallestSize
            ? Smallest([best, .. filtered], new DeflateSampler(DeflateEffort.Of(CompressionLevel.Optimal, ZlibWriter.SegmentLength), isThorough: true, parallel))
            : Foresee(best, filtered, parallel);
    }

    private static IndexedLayout Foresee(IndexedLayout unfiltered, IndexedLayout[] filtered, ParallelOptions parallel)
    {
        var sampler = new DeflateSampler(DeflateEffort.ForSamples, isThorough: false, parallel);
        long least = sampler.Measure(unfiltered.Filtered);
        if (least * FixedLog2.One < sampler.MeasureLiterals(unfiltered.Filtered) / 100 * MuchCopiedPercentage)
        {
            // Drawings and the like: copies decide, and not short ones alone.
            return Smallest([unfiltered, .. filtered], new DeflateSampler(DeflateEffort.ForSamplesOfLongCopies, isThorough: false, parallel));
        }

        // Where copies are fewer, it is not the filter whose bytes alone take many more bits than another's.
        long[] literals = [.. filtered.Select(layout => sampler.MeasureLiterals(layout.Filtered))];
        long most = literals.Min() / 100 * (100 + ToleratedPercentage);
        var best = unfiltered;
        foreach (var layout in filtered.Where((_, i) => literals[i] <= most))
        {
            long bits = sampler.Measure(layout.Filtered);
            (best, least) = bits < least ? (layout, bits) : (best, least);
        }

        return best;
    }

    // Of equals the first.
    private static IndexedLayout Smallest(IndexedLayout[] layouts, DeflateSampler sampler) =>
        layouts.MinBy(layout => sampler.Measure(layout.Filtered))!;
}
