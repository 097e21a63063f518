using System.Diagnostics;
using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Finds the palette of weighted colours by k-means. Seeding and the search for a good optimum go on among the cells of a
/// coarse grid; finer grids then refine what was found, and all the colours have the last word.
/// </summary>
/// <param name="options">K, fixed entries, effort.</param>
/// <param name="parallel">Threads and cancellation.</param>
internal sealed class PaletteFinder(QuantizerOptions options, ParallelOptions parallel)
{
    // So few clusters are searched among groups of cells, of which there are as many whatever the cells are: the finer these
    // are, the better, but to group more of them takes longer than it is worth.
    private const int FewColors = 64;
    private const int FinestEdge = 2;
    private const int MostFinestCells = 100_000;

    // To refine what was found among more cells than these costs about as much as among all the colours.
    private const int ManyCells = 30_000;

    // With fewer cells than this for each entry the best entries for the cells are no longer those for the colours.
    private const int MinCellsForEachColor = 26;

    // What a fixed entry weighs, in weights of the whole picture: next to it all pixels together cannot move a centroid
    // by a thousandth of a level, and yet its cluster takes the pixels that are nearest to it.
    private const double WeightOfFixedEntry = 1e9;

    // The colours gathered into cells of some edge, unless these are fewer or more than are of use.
    private delegate PointSet<float>? CellsOf(int edge, int least, int most);

    /// <summary>At most K entries, no two alike, those with alpha first.</summary>
    internal FoundPalette Find(ColorHistogram histogram, IProgress<KMeansProgress>? progress) =>
        histogram.IsOpaque && histogram.Count > options.K && options is { Effort: QuantizerEffort.Fast, ColorSpace: ColorSpace.Rgb, FixedColors: null, KeepRareColors: false }
            ? new FastSearch(options, parallel).Find(histogram, progress)
            : Find(histogram.ToWeightedColors(), progress);

    /// <summary>The same for colours that are weighted in another way.</summary>
    internal FoundPalette Find(WeightedColors colors, IProgress<KMeansProgress>? progress)
    {
        Rgba[] kept = [.. (options.FixedColors ?? Enumerable.Empty<Rgba>()).Select(PackedColor.Visible).Distinct()];
        var found = Around(kept, colors, progress);
        if (!options.KeepRareColors || found.Iterations == 0)
        {
            return found;
        }

        var lost = RareColors.LostBy(found.Palette, colors, parallel.CancellationToken);
        return lost.Length == 0 ? found : Around([.. kept.Union(lost).Take(options.K)], colors, progress);
    }

    private FoundPalette Around(Rgba[] kept, WeightedColors colors, IProgress<KMeansProgress>? progress)
    {
        if (kept.Length == options.K || colors.Count <= options.K)
        {
            Rgba[] all = kept.Length == options.K ? kept : [.. kept.Union(colors.Colors.ToArray())];
            if (all.Length <= options.K)
            {
                return new FoundPalette(ToPalette(all), 0, true);
            }
        }

        var watch = Stopwatch.StartNew();
        var geometry = new ColorGeometry(options.ColorSpace, colors.IsOpaque && kept.All(static color => color.A == byte.MaxValue));
        var points = PointsOf(kept, colors, geometry);
        var model = options.Effort == QuantizerEffort.Fast
            ? new FastSearch(options, parallel).Find(points, kept.Length, geometry.Reach, progress)
            : Search(points, Cells, progress);
        var centroids = model.Centroids.ToPrecision<float>();
        var entries = Entries(centroids, geometry);
        ClearPixels.Keep(entries, centroids, colors, points, parallel);
        Keep(kept, entries, points, centroids);
        return new FoundPalette(ToPalette(entries), model.Iterations, model.Converged)
        {
            Inertia = geometry.InertiaInSpace(model.Inertia),
            FitElapsed = watch.Elapsed,
        };

        PointSet<float>? Cells(int edge, int least, int most)
        {
            if (colors.Histogram is { IsOpaque: true } histogram && kept.Length == 0 && options.ColorSpace == ColorSpace.Rgb)
            {
                int count = histogram.OpaqueCells.Count(edge);
                return count >= least && count <= most ? histogram.OpaqueCells.Means(edge) : null;
            }

            var cells = CoarseColors.Of(points, edge, geometry.Reach, kept.Length);
            return cells.Count >= least && cells.Count <= most ? cells : null;
        }
    }

    private KMeansModel Search(PointSet<float> points, CellsOf cellsOf, IProgress<KMeansProgress>? progress)
    {
        var clustering = new KMeans<float>(Clustering(options.Effort == QuantizerEffort.Best ? KMeansEffort.Best : KMeansEffort.Balanced), parallel);
        var found = Grids().Select(edges => SearchCoarsely(points, edges, cellsOf)).OfType<PointSet<float>>();
        var starts = found.Take(options.Effort == QuantizerEffort.Best ? int.MaxValue : 1).ToList();
        return starts.DefaultIfEmpty(null).Select(start => clustering.Fit(points, start ?? Search(points, areCells: false), progress).Model).MinBy(static model => model.Inertia)!;
    }

    private PointSet<float> PointsOf(Rgba[] kept, WeightedColors colors, ColorGeometry geometry)
    {
        if (kept.Length == 0)
        {
            return geometry.ToPoints(colors.Colors, colors.WeightArray, parallel.CancellationToken);
        }

        double[] weights = [.. new double[kept.Length], .. colors.Weights];
        weights.AsSpan(0, kept.Length).Fill(WeightOfFixedEntry * weights.Sum());
        return geometry.ToPoints([.. kept, .. colors.Colors], weights, parallel.CancellationToken);
    }

    private static Rgba[] Entries(PointSet<float> centroids, ColorGeometry geometry)
    {
        var entries = new Rgba[centroids.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = geometry.ToColor(centroids[i]);
        }

        return entries;
    }

    // The way to another colour space and back may change a level.
    private static void Keep(Rgba[] kept, Rgba[] entries, PointSet<float> points, PointSet<float> centroids)
    {
        var free = Enumerable.Range(0, entries.Length).ToHashSet();
        for (int i = 0; i < kept.Length; i++)
        {
            var place = points[i].ToArray();
            int own = free.MinBy(entry => ColorGeometry.SquaredDistance(place, centroids[entry]));
            entries[own] = kept[i];
            free.Remove(own);
        }
    }

    // The edges of the cells, from coarse to fine. The first grid that suits is searched; the best effort searches both, and
    // takes the better result.
    private int[][] Grids() => options.K <= FewColors ? [[FinestEdge], [4, FinestEdge]] : [[8, 4, FinestEdge], [4, FinestEdge]];

    private PointSet<float>? SearchCoarsely(PointSet<float> points, int[] edges, CellsOf cellsOf)
    {
        int least = MinCellsForEachColor * options.K;
        int most = Math.Max(ManyCells, points.Count / 2); // the colours themselves cost little more
        PointSet<float>? centroids = null;
        foreach (int edge in edges)
        {
            if (centroids is null)
            {
                centroids = cellsOf(edge, least, edge == FinestEdge ? MostFinestCells : int.MaxValue) is { } cells ? Search(cells, areCells: true) : null;
            }
            else
            {
                centroids = cellsOf(edge, 0, most) is { } cells ? Refine(cells, centroids) : centroids;
            }
        }

        SpentMemory.CollectAfter(points.Count);
        return centroids;
    }

    private PointSet<float> Search(PointSet<float> points, bool areCells) =>
        new KMeans<float>(Clustering(KMeansEffort.Best) with { ForFinerPoints = areCells }, parallel).Fit(points, options.K).Model.Centroids.ToPrecision<float>();

    private PointSet<float> Refine(PointSet<float> cells, PointSet<float> centroids) =>
        new KMeans<float>(Clustering(KMeansEffort.Balanced), parallel).Fit(cells, centroids).Model.Centroids.ToPrecision<float>();

    // The tolerance is for each entry; the rounds come down to it much faster with momentum.
    private KMeansOptions Clustering(KMeansEffort effort) => options.Clustering with
    {
        Effort = effort,
        Tolerance = options.K * options.Clustering.Tolerance,
        Momentum = true,
    };

    private static Palette ToPalette(IEnumerable<Rgba> colors) => new([.. colors.Distinct().Order()]);
}
