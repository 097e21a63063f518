using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Colours that few pixels have and that no entry of a palette comes near: the red lamp in a grey street. To k-means they
/// are worth less than one more shade of grey. They are looked for among the cells of a coarse grid, worst served first,
/// and are meant to be kept as fixed entries, which costs the rest of the picture one entry each.
/// </summary>
internal static class RareColors
{
    private const int CellEdge = 32;

    // A cell of fewer pixels is noise, of which no one colour says what it means.
    private const double LeastShare = 0.0002;

    // In levels of RGB: what is nearer than this is seen as a shade of the same colour.
    private const double LeastDistance = 64;

    /// <summary>The rare colours that a palette has lost, at most one for each eight of its entries, at least one.</summary>
    internal static Rgba[] LostBy(Palette palette, WeightedColors colors, CancellationToken cancellationToken)
    {
        bool opaque = colors.IsOpaque && palette.All(static entry => entry.A == byte.MaxValue);
        var geometry = new ColorGeometry(ColorSpace.Rgb, opaque);
        var cells = CoarseColors.Of(geometry.ToPoints(colors.Colors, colors.WeightArray, cancellationToken), CellEdge, geometry.Reach);
        var entries = geometry.ToPoints(palette.Entries, cancellationToken: cancellationToken);
        var nearest = new double[cells.Count];
        Array.Fill(nearest, double.PositiveInfinity);
        for (int entry = 0; entry < entries.Count; entry++)
        {
            Lower(nearest, cells, entries[entry]);
        }

        double least = LeastShare * cells.Weights.ToArray().Sum();
        var lost = new List<Rgba>();
        while (lost.Count < Math.Max(1, palette.Count / 8) && WorstServed(nearest, cells, least) is { } worst)
        {
            lost.Add(geometry.ToColor(cells[worst]));
            Lower(nearest, cells, cells[worst]);
        }

        return [.. lost.Distinct()];
    }

    private static int? WorstServed(double[] nearest, PointSet<float> cells, double least)
    {
        int? worst = null;
        for (int cell = 0; cell < nearest.Length; cell++)
        {
            if (cells.Weights[cell] >= least && nearest[cell] > (worst is { } w ? nearest[w] : LeastDistance * LeastDistance))
            {
                worst = cell;
            }
        }

        return worst;
    }

    private static void Lower(double[] nearest, PointSet<float> cells, ReadOnlySpan<float> entry)
    {
        for (int cell = 0; cell < nearest.Length; cell++)
        {
            nearest[cell] = Math.Min(nearest[cell], ColorGeometry.SquaredDistance(cells[cell], entry));
        }
    }
}
