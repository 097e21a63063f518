using System.Runtime.Intrinsics;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Dithering;

/// <summary>The distinct colours of a picture beside the entries of a palette, both as points of one space.</summary>
/// <param name="histogram">The colours.</param>
/// <param name="palette">The entries.</param>
/// <param name="colorPoints">A point for each colour, of three or four dimensions.</param>
/// <param name="entryPoints">A point for each entry.</param>
/// <param name="entryOfColor">The entry that is nearest to each colour.</param>
internal sealed class PaletteMatch(
    ColorHistogram histogram, Palette palette, PointSet<float> colorPoints, PointSet<float> entryPoints, byte[] entryOfColor)
{
    private readonly bool[] _settled = FindSettled(histogram.Colors, palette, entryOfColor);

    internal ColorHistogram Histogram => histogram;

    internal Palette Palette => palette;

    internal Vector128<float>[] Colors { get; } = ToVectors(colorPoints);

    internal Vector128<float>[] Entries { get; } = ToVectors(entryPoints);

    internal byte[] EntryOfColor => entryOfColor;

    /// <summary>
    /// Whether a colour needs no dithering: an entry has it, or nobody sees it. Such pixels keep flat areas flat and
    /// transparent ones clear.
    /// </summary>
    internal bool IsSettled(int color) => _settled[color];

    /// <summary>Whether colours and entries are all opaque: their points have three dimensions.</summary>
    internal bool AllOpaque { get; } = colorPoints.Dimension == 3;

    internal bool IsOpaque(int color) => histogram.Colors[color].A == 255;

    /// <summary>Whether an entry would let the ground shine through what is opaque.</summary>
    internal bool MakesHole(int color, int entry) => palette[entry].A < 255 && IsOpaque(color);

    private static bool[] FindSettled(ReadOnlySpan<Rgba> colors, Palette palette, byte[] entryOfColor)
    {
        var settled = new bool[colors.Length];
        for (int i = 0; i < settled.Length; i++)
        {
            settled[i] = colors[i].A == 0 || colors[i] == palette[entryOfColor[i]];
        }

        return settled;
    }

    private static Vector128<float>[] ToVectors(PointSet<float> points)
    {
        var vectors = new Vector128<float>[points.Count];
        for (int i = 0; i < vectors.Length; i++)
        {
            var point = points[i];
            vectors[i] = Vector128.Create(point[0], point[1], point[2], point.Length > 3 ? point[3] : 0);
        }

        return vectors;
    }
}
