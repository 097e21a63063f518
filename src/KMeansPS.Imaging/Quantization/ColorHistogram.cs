using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Each distinct colour of a picture once, with the number of its pixels. Photographs have 7 to 58 percent as many
/// distinct colours as pixels (M. E. Celebi, 2011, "Improving the performance of k-means for color quantization"), and
/// k-means over them with their counts as weights is k-means over all pixels. Colours of alpha 0 all look the same and
/// count as one.
/// </summary>
public sealed class ColorHistogram
{
    // A table takes a megabyte and a byte or two for each colour; a thread is not worth one for less than this many pixels.
    private const int PixelsOfTable = 1 << 19;
    private const int MostTables = 4;
    private const int RowsAtOnce = 16;

    private readonly OpaqueColorTable _opaque;
    private readonly TranslucentColorTable _translucent;
    private readonly int _opaqueCount;
    private readonly Rgba[] _colors;
    private readonly int[] _counts;

    private ColorHistogram(ColorCounts counts, int pixelCount, ParallelOptions parallel)
    {
        _opaque = new OpaqueColorTable(counts.Opaque);
        _translucent = new TranslucentColorTable(counts.Translucent);
        PixelCount = pixelCount;
        _opaqueCount = _opaque.Count;
        _colors = GC.AllocateUninitializedArray<Rgba>(_opaqueCount + _translucent.Count);
        _counts = GC.AllocateUninitializedArray<int>(_colors.Length);
        _opaque.List(counts.Opaque, _colors, _counts, parallel);
        _translucent.Colors.CopyTo(_colors.AsSpan(_opaqueCount));
        _translucent.Counts.CopyTo(_counts.AsSpan(_opaqueCount));
    }

    /// <summary>Counts the colours of a picture on one thread.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="cancellationToken">Looked at for each few rows.</param>
    public static ColorHistogram Of(PixelImage image, CancellationToken cancellationToken = default) =>
        Of(image, new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = cancellationToken });

    /// <summary>Counts the colours of a picture: two look-ups in a table for each pixel. Each thread has a table of its own.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static ColorHistogram Of(PixelImage image, ParallelOptions parallel)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(parallel);
        int threads = parallel.MaxDegreeOfParallelism < 0 ? Environment.ProcessorCount : parallel.MaxDegreeOfParallelism;
        var tables = new ColorCounts[Math.Clamp(image.Pixels.Length / PixelsOfTable, 1, Math.Min(threads, MostTables))];
        int nextRow = 0;
        Parallel.For(0, tables.Length, parallel, table =>
        {
            tables[table] = new ColorCounts(image.Pixels.Length / tables.Length);
            for (int y; (y = Interlocked.Add(ref nextRow, RowsAtOnce) - RowsAtOnce) < image.Height;)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                for (int end = Math.Min(y + RowsAtOnce, image.Height); y < end; y++)
                {
                    tables[table].Add(image.Row(y));
                }
            }
        });
        foreach (var counts in tables[1..])
        {
            tables[0].Add(counts);
        }

        return new ColorHistogram(tables[0], image.Pixels.Length, parallel);
    }

    /// <summary>How many distinct colours there are.</summary>
    public int Count => _colors.Length;

    /// <summary>How many pixels were counted.</summary>
    public int PixelCount { get; }

    /// <summary>Whether every colour is opaque.</summary>
    public bool IsOpaque => _translucent.Count == 0;

    /// <summary>The distinct colours, in an order that depends on nothing but the colours.</summary>
    public ReadOnlySpan<Rgba> Colors => _colors;

    /// <summary>How many pixels have each of the colours.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>The same colours, each with the number of its pixels for a weight.</summary>
    internal WeightedColors ToWeightedColors() => new(_colors, Array.ConvertAll(_counts, static count => (double)count)) { Histogram = this };

    /// <summary>The opaque colours gathered into the cells of a coarse grid of RGB.</summary>
    internal OpaqueCells OpaqueCells => new(_opaque, _colors, _counts);

    /// <summary>Rounds of k-means over the opaque colours in RGB.</summary>
    internal OpaqueRounds Rounds(PointSet<float> centroids, ParallelOptions parallel) => new(_opaque, _colors, _counts, centroids, parallel);

    /// <summary>The entry that is nearest to each colour in RGB, of equally near ones the lowest; colours and entries are opaque.</summary>
    internal byte[] Nearest(Palette palette, ParallelOptions parallel) => _opaque.Nearest(NearestInCells.Of(palette), parallel);

    /// <summary>Writes, for each pixel of a picture whose colours are all in this histogram, the value that its colour has.</summary>
    /// <param name="image">The picture that was counted.</param>
    /// <param name="valueOfColor">One value for each distinct colour.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal byte[] Map(PixelImage image, byte[] valueOfColor, ParallelOptions parallel)
    {
        int width = image.Width;
        var values = GC.AllocateUninitializedArray<byte>(width * image.Height);
        var atPlaces = IsOpaque ? _opaque.AtPlaces(valueOfColor, parallel) : null;
        Parallel.For(0, image.Height, parallel, y =>
        {
            var row = MemoryMarshal.Cast<Rgba, uint>(image.Row(y));
            var mapped = values.AsSpan(y * width, width);
            if (atPlaces is null)
            {
                MapRow(row, valueOfColor, mapped);
                return;
            }

            for (int x = 0; x < width; x += OpaqueColorTable.MostAtOnce)
            {
                int count = Math.Min(OpaqueColorTable.MostAtOnce, width - x);
                _opaque.Map(row.Slice(x, count), atPlaces, mapped.Slice(x, count));
            }
        });
        return values;
    }

    /// <summary>Writes, for each pixel of a row whose colours are all in this histogram, the number of its colour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void NumberRow(ReadOnlySpan<Rgba> row, Span<int> numbers)
    {
        var packed = MemoryMarshal.Cast<Rgba, uint>(row);
        for (int x = 0; x < packed.Length; x++)
        {
            numbers[x] = x > 0 && packed[x] == packed[x - 1] ? numbers[x - 1] : NumberOf(packed[x]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MapRow(ReadOnlySpan<uint> row, byte[] valueOfColor, Span<byte> mapped)
    {
        uint last = ~row[0];
        byte value = 0;
        for (int x = 0; x < row.Length; x++)
        {
            uint color = row[x];
            if (color != last)
            {
                last = color;
                value = valueOfColor[NumberOf(color)];
            }

            mapped[x] = value;
        }
    }

    private int NumberOf(uint color) => PackedColor.IsOpaque(color)
        ? _opaque.NumberOf(color)
        : _opaqueCount + _translucent.NumberOf(PackedColor.Visible(color));
}
