using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>
/// Error diffusion in the space of the palette: what a pixel's entry is off its colour is handed on to neighbours that
/// come later. Rows run alternately to the right and to the left (R. Ulichney, 1987, "Digital Halftoning"), so that no
/// pattern drifts to one side. How much is handed on follows from how flat the picture is there: see
/// <see cref="Flatness"/>. One addition a neighbour for each pixel, and a search of a few entries for those that may have
/// another than their colour's, in one thread, as each pixel waits for the one before it.
/// </summary>
/// <typeparam name="TKernel">Who takes over how much.</typeparam>
/// <param name="strength">The share of the error that is handed on, above 0 to 1.</param>
internal sealed class ErrorDiffusion<TKernel>(double strength) : IDither
    where TKernel : struct, IDiffusionKernel
{
    // Wider than what rounding can do to a squared error in relation to it.
    private const float Slack = 1e-3f;

    public byte[] Dither(PixelImage image, PaletteMatch match, ParallelOptions parallel)
    {
        int width = image.Width;
        var indices = GC.AllocateUninitializedArray<byte>(width * image.Height);
        var flatness = new float[width];
        var rowsOfImage = new Flatness(image, match);
        var rows = new Vector128<float>[TKernel.Rows][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new Vector128<float>[width + (2 * TKernel.Reach)];
        }

        var search = new CellSearch(match.Entries, match.Colors);
        var bounds = BoundsOf(match);
        for (int y = 0; y < image.Height; y++)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            var numbers = rowsOfImage.MoveDown(flatness);
            DitherRow(match, search, bounds, flatness, numbers, rows, y % 2 == 0, indices.AsSpan(y * width, width));
            var done = rows[0];
            Array.Clear(done);
            rows.AsSpan(1).CopyTo(rows);
            rows[^1] = done;
        }

        return indices;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DitherRow(
        PaletteMatch match, CellSearch search, ReadOnlySpan<Bounds> bounds, ReadOnlySpan<float> flatness,
        ReadOnlySpan<int> numbers, Vector128<float>[][] rows, bool toTheRight, Span<byte> indices)
    {
        var colors = match.Colors;
        var entries = match.Entries;
        byte[] entryOfColor = match.EntryOfColor;
        Span<Vector128<float>> own = rows[0];
        Span<Vector128<float>> below = rows[1];
        Span<Vector128<float>> last = rows[^1];
        var kernel = default(TKernel);
        int ahead = toTheRight ? 1 : -1;
        int place = TKernel.Reach + (toTheRight ? 0 : numbers.Length - 1);
        for (int i = 0; i < numbers.Length; i++, place += ahead)
        {
            int x = place - TKernel.Reach;
            int number = numbers[x];
            int entry = entryOfColor[number];
            var error = Vector128<float>.Zero;
            if (!match.IsSettled(number))
            {
                var wanted = colors[number] + kernel.Take(own, place);
                if (!match.AllOpaque && match.IsOpaque(number))
                {
                    wanted = wanted.WithElement(3, colors[number].GetElement(3));
                }

                // Nine pixels of ten keep the entry of their colour. The processor, which foresees that, goes on to the
                // next pixel while it still finds out.
                error = wanted - entries[entry];
                float square = Square(error);
                if (square > bounds[entry].Sure)
                {
                    int nearest = search.Nearest(wanted);
                    if (nearest != entry && (match.AllOpaque || !match.MakesHole(number, nearest)))
                    {
                        entry = nearest;
                        error = wanted - entries[nearest];
                        square = Square(error);
                    }

                    float limit = bounds[entry].Limit;
                    if (square > limit)
                    {
                        error *= MathF.Sqrt(limit / square);
                    }
                }

                error *= (float)strength * flatness[x];
            }

            indices[x] = (byte)entry;
            kernel.Spread(error, own, below, last, place, ahead);
        }

        kernel.Finish(below, place - ahead);
    }

    private static Bounds[] BoundsOf(PaletteMatch match)
    {
        var entries = match.Entries;
        float[] meanSquares = MeanSquares(match);
        var bounds = new Bounds[entries.Length];
        for (int i = 0; i < bounds.Length; i++)
        {
            float nearest = float.PositiveInfinity;
            foreach (var other in entries)
            {
                if (other != entries[i])
                {
                    nearest = Math.Min(nearest, Square(other - entries[i]));
                }
            }

            float quarter = nearest / 4;
            bounds[i] = float.IsFinite(quarter) ? new Bounds(quarter * (1 - Slack), Math.Max(meanSquares[i], quarter)) : new Bounds(0, meanSquares[i]);
        }

        return bounds;
    }

    // How far the colours of each entry are off it.
    private static float[] MeanSquares(PaletteMatch match)
    {
        var sums = new double[match.Entries.Length];
        var pixels = new double[match.Entries.Length];
        for (int i = 0; i < match.Colors.Length; i++)
        {
            int entry = match.EntryOfColor[i];
            double count = match.Histogram.Counts[i];
            sums[entry] += count * Square(match.Colors[i] - match.Entries[entry]);
            pixels[entry] += count;
        }

        return [.. sums.Zip(pixels, static (sum, count) => (float)(sum / Math.Max(1, count)))];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Square(Vector128<float> difference)
    {
        var squares = difference * difference;
        return squares.GetElement(0) + squares.GetElement(1) + squares.GetElement(2) + squares.GetElement(3);
    }

    // For each entry: a squared error that is no larger is certainly least with this entry, being within half the way to
    // the nearest other one; a larger one than the limit is shortened to it. A palette of means reaches less far than the
    // colours do, so that the errors of those outside it would pile up and smear over the area beside. So no more is
    // handed on than what the entry's colours are off it in the mean, or half the way to the nearest other entry where
    // that is more: so much the mixing of two entries may need.
    private readonly record struct Bounds(float Sure, float Limit);
}
