using System.Diagnostics;
using KMeansPS.Imaging.ColorSpaces;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// A good palette in little time: cells of a coarse grid are merged to K, and a few rounds of k-means move these, the
/// first over finer cells, the last over all colours.
/// </summary>
/// <param name="options">K and the clustering.</param>
/// <param name="parallel">Threads and cancellation.</param>
internal sealed class FastSearch(QuantizerOptions options, ParallelOptions parallel)
{
    // The edge of the finer cells. Where there are fewer of them for each entry than this, all colours take their place.
    private const int Edge = 4;
    private const int LeastCellsForEachColor = 26;

    // To merge more cells than these brings less than its time is worth. A cell that has more than a quarter of the pixels
    // of an entry is not made coarser.
    private const int MergedCellsForEachColor = 20;
    private const int MostMergedCells = 4000;
    private const int HeavyCellsForEachColor = 4;

    // Rounds over the cells: the fewer entries there are, the less a round costs.
    private const int LeastRounds = 10;
    private const int MostRounds = 40;
    private const int RoundsTimesColors = 2560;

    // Rounds over all colours.
    private const int LastRounds = 3;

    /// <summary>The palette of opaque colours in RGB, more than K of them: in whole numbers, straight from the histogram.</summary>
    internal FoundPalette Find(ColorHistogram histogram, IProgress<KMeansProgress>? progress)
    {
        var watch = Stopwatch.StartNew();
        var geometry = new ColorGeometry(ColorSpace.Rgb, opaque: true);
        var cells = histogram.OpaqueCells.Means(Edge);
        var model = HasEnough(cells)
            ? Refine(cells, Edge, geometry.Reach, 0, progress)
            : Refine(geometry.ToPoints(histogram.Colors, histogram.ToWeightedColors().WeightArray, parallel.CancellationToken), 1, geometry.Reach, 0, progress);
        var rounds = histogram.Rounds(model.Centroids.ToPrecision<float>(), parallel);
        int lastRounds = Math.Min(LastRounds, options.Clustering.MaxIterations);
        for (int round = 0; round < lastRounds; round++)
        {
            rounds.Advance();
        }

        return new FoundPalette(rounds.ToPalette(), model.Iterations + lastRounds, false)
        {
            Inertia = rounds.Inertia,
            FitElapsed = watch.Elapsed,
        };
    }

    /// <summary>The same for points of any space: the model of the last rounds, those over all colours.</summary>
    /// <param name="points">Weighted colours as points.</param>
    /// <param name="kept">How many of the first points are kept for themselves.</param>
    /// <param name="reach">A power of two that no coordinate reaches.</param>
    /// <param name="progress">Told after each round.</param>
    internal KMeansModel Find(PointSet<float> points, int kept, int reach, IProgress<KMeansProgress>? progress)
    {
        var cells = CoarseColors.Of(points, Edge, reach, kept);
        var model = HasEnough(cells) ? Refine(cells, Edge, reach, kept, null) : Refine(points, 1, reach, kept, null);
        return Clustering(LastRounds).Fit(points, model.Centroids.ToPrecision<float>(), progress).Model;
    }

    private bool HasEnough(PointSet<float> cells) => cells.Count >= LeastCellsForEachColor * options.K;

    private KMeansModel Refine(PointSet<float> cells, int edge, int reach, int kept, IProgress<KMeansProgress>? progress)
    {
        var coarse = CoarseColors.Coarsen(cells, edge, reach, Math.Min(MergedCellsForEachColor * options.K, MostMergedCells), 1.0 / (HeavyCellsForEachColor * options.K), kept);
        var start = PairwiseMerging.Centroids(coarse, options.K, reach, parallel.CancellationToken);
        int rounds = Math.Clamp(RoundsTimesColors / options.K, LeastRounds, MostRounds);
        return Clustering(rounds).Fit(cells, start, progress).Model;
    }

    private KMeans<float> Clustering(int most) => new(options.Clustering with { MaxIterations = Math.Min(most, options.Clustering.MaxIterations) }, parallel);
}
