using System.Diagnostics;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Dithering;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Brings a picture to a palette: histogram, weighted k-means over the distinct colours (started from the best optimum
/// of a search on a coarser histogram), palette, and for every pixel the nearest entry. A picture of no more than K
/// colours keeps them all.
/// </summary>
public sealed class ColorQuantizer
{
    private const int FewColors = 32;
    private const int SearchesForFewColors = 6;
    private const int MinCellsForEachColor = 24;
    private static readonly int[] CellEdges = [8, 4];

    private readonly QuantizerOptions _options;
    private readonly ParallelOptions _parallel;

    /// <summary>Makes ready to quantize.</summary>
    /// <param name="options">How the palette is found.</param>
    /// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
    public ColorQuantizer(QuantizerOptions? options = null, ParallelOptions? parallel = null)
    {
        _options = options ?? new QuantizerOptions();
        _options.Validate();
        _parallel = parallel ?? new ParallelOptions();
    }

    /// <summary>The whole way from pixels to palette and indices.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="progress">Told after each iteration of the clustering.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public QuantizedImage Quantize(PixelImage image, IProgress<KMeansProgress>? progress = null)
    {
        var histogram = ColorHistogram.Of(image, _parallel.CancellationToken);
        var found = FindPalette(histogram, progress);
        return Map(image, histogram, found.Palette) with
        {
            Iterations = found.Iterations,
            Converged = found.Converged,
            Inertia = found.Inertia,
            FitElapsed = found.FitElapsed,
        };
    }

    /// <summary>Finds the palette of a histogram: at most K entries, no two alike, those with alpha first.</summary>
    /// <param name="histogram">The colours and their counts.</param>
    /// <param name="progress">Told after each iteration of the clustering.</param>
    public FoundPalette FindPalette(ColorHistogram histogram, IProgress<KMeansProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        if (histogram.Count <= _options.K)
        {
            return new FoundPalette(ToPalette(histogram.Colors.ToArray()), 0, true);
        }

        var watch = Stopwatch.StartNew();
        var geometry = new ColorGeometry(_options.ColorSpace, histogram.IsOpaque);
        var points = geometry.ToPoints(histogram.Colors, histogram.Counts, _parallel.CancellationToken);
        var initial = SearchCoarsely(points, geometry.Reach);
        var model = new KMeans<float>(_options.Clustering, _parallel).Fit(points, initial, progress).Model;
        var centroids = model.Centroids.ToPrecision<float>();
        var colors = new Rgba[centroids.Count];
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = geometry.ToColor(centroids[i]);
        }

        return new FoundPalette(ToPalette(colors), model.Iterations, model.Converged)
        {
            Inertia = geometry.InertiaInSpace(model.Inertia),
            FitElapsed = watch.Elapsed,
        };
    }

    /// <summary>
    /// Gives every pixel the nearest entry of a palette, of equally near ones the lowest; or, where the options ask for
    /// it and not every colour has an entry of its own, dithers.
    /// </summary>
    /// <param name="image">The picture that was counted.</param>
    /// <param name="histogram">Its colours.</param>
    /// <param name="palette">Any palette.</param>
    public QuantizedImage Map(PixelImage image, ColorHistogram histogram, Palette palette)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(histogram);
        ArgumentNullException.ThrowIfNull(palette);
        bool opaque = histogram.IsOpaque && palette.All(entry => entry.A == 255);
        var geometry = new ColorGeometry(_options.ColorSpace, opaque);
        var colors = geometry.ToPoints(histogram.Colors, histogram.Counts, _parallel.CancellationToken);
        var entries = geometry.ToPoints(palette.Entries);
        var nearest = new KMeans<float>(null, _parallel).Assign(colors, entries);
        var entryOfColor = Array.ConvertAll(nearest.Cluster, cluster => (byte)cluster);
        var seen = SeenError.Between(histogram, palette, opaque);
        double error = seen.OfColors(entryOfColor);
        byte[] indices;
        if (error > 0 && Dither() is { } dither)
        {
            indices = dither.Dither(image, new PaletteMatch(histogram, palette, colors, entries, entryOfColor), _parallel);
            error = seen.OfPixels(image, indices, _parallel);
        }
        else
        {
            indices = histogram.Map(image, entryOfColor, _parallel);
        }

        var indexed = new IndexedImage(image.Width, image.Height, palette, indices) { IccProfile = image.IccProfile };
        return new QuantizedImage(indexed, histogram.Count, error / (3.0 * histogram.PixelCount), 0, true);
    }

    private IDither? Dither() => _options.DitheringStrength == 0 ? null : _options.Dithering switch
    {
        DitheringMethod.FloydSteinberg => new ErrorDiffusion(DiffusionKernel.FloydSteinberg, _options.DitheringStrength),
        DitheringMethod.Sierra => new ErrorDiffusion(DiffusionKernel.Sierra, _options.DitheringStrength),
        DitheringMethod.BlueNoise => new OrderedDither(ThresholdMap.BlueNoise(), _options.DitheringStrength),
        DitheringMethod.Bayer => new OrderedDither(ThresholdMap.Bayer(), _options.DitheringStrength),
        _ => null,
    };

    // Seeding and the search for a good optimum go on among the cells of a coarse grid; finer grids then refine what
    // was found, and all the colours have only the last word. Few clusters have few, deep optima, so that more than one
    // search pays.
    private PointSet<float> SearchCoarsely(PointSet<float> points, int reach)
    {
        PointSet<float>? centroids = null;
        foreach (int edge in CellEdges)
        {
            var cells = CoarseColors.Of(points, edge, reach);
            if (centroids is null && cells.Count < MinCellsForEachColor * _options.K)
            {
                continue;
            }

            centroids = centroids is null ? Search(cells) : Refine(cells, centroids);
        }

        return centroids ?? Search(points);
    }

    private PointSet<float> Search(PointSet<float> cells)
    {
        var options = _options.Clustering with
        {
            Effort = KMeansEffort.Best,
            Restarts = _options.Clustering.Restarts * (_options.K <= FewColors ? SearchesForFewColors : 1),
        };
        return new KMeans<float>(options, _parallel).Fit(cells, _options.K).Model.Centroids.ToPrecision<float>();
    }

    private PointSet<float> Refine(PointSet<float> cells, PointSet<float> centroids) =>
        new KMeans<float>(_options.Clustering, _parallel).Fit(cells, centroids).Model.Centroids.ToPrecision<float>();

    private static Palette ToPalette(IEnumerable<Rgba> colors) => new([.. colors.Distinct().Order()]);
}
