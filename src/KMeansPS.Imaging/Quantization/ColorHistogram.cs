using System.Numerics;
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
    private readonly OpaqueColorTable _opaque;
    private readonly TranslucentColorTable _translucent;
    private readonly Rgba[] _colors;
    private readonly int[] _counts;

    private ColorHistogram(OpaqueColorTable opaque, TranslucentColorTable translucent, int pixelCount)
    {
        _opaque = opaque;
        _translucent = translucent;
        PixelCount = pixelCount;
        _colors = GC.AllocateUninitializedArray<Rgba>(opaque.Count + translucent.Count);
        _counts = GC.AllocateUninitializedArray<int>(_colors.Length);
        opaque.NumberColors(_colors, _counts);
        translucent.Colors.CopyTo(_colors.AsSpan(opaque.Count));
        translucent.Counts.CopyTo(_counts.AsSpan(opaque.Count));
    }

    /// <summary>Counts the colours of a picture. One table look-up for each pixel that differs from the one before it.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="cancellationToken">Looked at for each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ColorHistogram Of(PixelImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var opaque = new OpaqueColorTable();
        var translucent = new List<uint>();
        for (int y = 0; y < image.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var row = MemoryMarshal.Cast<Rgba, uint>(image.Row(y));
            for (int x = 0; x < row.Length;)
            {
                uint color = row[x];
                int run = 1;
                while (x + run < row.Length && row[x + run] == color)
                {
                    run++;
                }

                x += run;
                if (PackedColor.IsOpaque(color))
                {
                    opaque.Add(color, run);
                }
                else
                {
                    translucent.AddRange(Enumerable.Repeat(PackedColor.Visible(color), run));
                }
            }
        }

        return new ColorHistogram(opaque, new TranslucentColorTable(translucent), image.Width * image.Height);
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
    internal WeightedColors ToWeightedColors() => new(_colors, Array.ConvertAll(_counts, static count => (double)count));

    /// <summary>Writes, for each pixel of a picture whose colours are all in this histogram, the value that its colour has.</summary>
    /// <param name="image">The picture that was counted.</param>
    /// <param name="valueOfColor">One value for each distinct colour.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal byte[] Map(PixelImage image, byte[] valueOfColor, ParallelOptions parallel)
    {
        int width = image.Width;
        var values = GC.AllocateUninitializedArray<byte>(width * image.Height);
        Parallel.For(0, image.Height, parallel, y =>
            MapRow(MemoryMarshal.Cast<Rgba, uint>(image.Row(y)), valueOfColor, values.AsSpan(y * width, width)));
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
        : _opaque.Count + _translucent.NumberOf(PackedColor.Visible(color));
}
