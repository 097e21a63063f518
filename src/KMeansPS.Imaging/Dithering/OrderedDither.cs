using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>
/// Ordered dithering to any palette: each colour is mixed of its nearest entry and the one that gives with it the best
/// mean, and a threshold at the pixel's place chooses between the two (the idea of J. Yliluoma, 2011, "Arbitrary-palette
/// positional dithering algorithm", with the share found exactly). Mixes are found once a distinct colour, at a cost of
/// its K entries (<see cref="MixSearch"/>); a pixel costs one look-up. How much is mixed follows from how flat the picture
/// is there: see <see cref="Flatness"/>. Blocks of rows are independent.
/// </summary>
/// <param name="map">The thresholds.</param>
/// <param name="strength">The share of the best mix that is taken, above 0 to 1.</param>
internal sealed class OrderedDither(ThresholdMap map, double strength) : IDither
{
    private const int ColorsInBlock = 1024;
    private const int RowsInBlock = 64;

    public byte[] Dither(PixelImage image, PaletteMatch match, ParallelOptions parallel)
    {
        var search = new MixSearch(match);
        var mixes = new EntryMix[match.Colors.Length];
        var lightness = match.Palette.Select(Lightness).ToArray();
        Parallel.For(0, (mixes.Length + ColorsInBlock - 1) / ColorsInBlock, parallel, block =>
        {
            for (int i = block * ColorsInBlock; i < Math.Min(mixes.Length, (block + 1) * ColorsInBlock); i++)
            {
                mixes[i] = MixOf(i, match, search, lightness);
            }
        });

        int width = image.Width;
        var indices = GC.AllocateUninitializedArray<byte>(width * image.Height);
        Parallel.For(0, (image.Height + RowsInBlock - 1) / RowsInBlock, parallel, block =>
        {
            int first = block * RowsInBlock;
            var rows = new Flatness(image, match, first);
            var flatness = new float[width];
            for (int y = first; y < Math.Min(image.Height, first + RowsInBlock); y++)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                DitherRow(rows.MoveDown(flatness), mixes, match.EntryOfColor, flatness, map.Row(y), indices.AsSpan(y * width, width));
            }
        });
        return indices;
    }

    // Where the picture is not flat, the share of the other entry is less.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DitherRow(
        ReadOnlySpan<int> numbers, EntryMix[] mixes, byte[] entryOfColor, ReadOnlySpan<float> flatness, ReadOnlySpan<float> thresholds, Span<byte> indices)
    {
        for (int x = 0; x < numbers.Length; x++)
        {
            var mix = mixes[numbers[x]];
            float darkShare = mix.Dark == entryOfColor[numbers[x]]
                ? 1 - ((1 - mix.DarkShare) * flatness[x])
                : mix.DarkShare * flatness[x];
            indices[x] = thresholds[x & (thresholds.Length - 1)] < darkShare ? mix.Dark : mix.Light;
        }
    }

    private EntryMix MixOf(int color, PaletteMatch match, MixSearch search, int[] lightness)
    {
        byte nearest = match.EntryOfColor[color];
        if (match.IsSettled(color))
        {
            return new EntryMix(nearest, nearest, 1);
        }

        var (other, share) = search.Find(color);
        share *= (float)strength;
        return (lightness[other], other).CompareTo((lightness[nearest], nearest)) < 0
            ? new EntryMix(other, nearest, share)
            : new EntryMix(nearest, other, 1 - share);
    }

    // Which of two entries is the darker one, by the weights of ITU-R BT.709.
    private static int Lightness(Rgba color) => (2126 * color.R) + (7152 * color.G) + (722 * color.B);
}
