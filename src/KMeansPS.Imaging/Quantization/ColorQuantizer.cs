using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Dithering;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Brings a picture to a palette: histogram, weighted k-means over the distinct colours (started from the best optimum
/// of a search on a coarser histogram), palette, and for every pixel the nearest entry. A picture of no more than K
/// colours keeps them all. The palette may also be given, in whole or in part.
/// </summary>
public sealed class ColorQuantizer
{
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
    public QuantizedImage Quantize(PixelImage image, IProgress<KMeansProgress>? progress = null) =>
        Quantize(image, ColorHistogram.Of(image, _parallel), progress);

    /// <summary>The same for a picture whose colours are counted already.</summary>
    internal QuantizedImage Quantize(PixelImage image, ColorHistogram histogram, IProgress<KMeansProgress>? progress)
    {
        var found = FindPalette(histogram, progress);
        SpentMemory.CollectAfter(histogram.Count);
        return Map(image, histogram, found.Palette) with
        {
            Iterations = found.Iterations,
            Converged = found.Converged,
            Inertia = found.Inertia,
            FitElapsed = found.FitElapsed,
        };
    }

    /// <summary>Finds the palette of a picture's colours: at most K entries, no two alike, those with alpha first; or the one that the options give.</summary>
    /// <param name="histogram">The colours and their counts.</param>
    /// <param name="progress">Told after each iteration of the clustering.</param>
    public FoundPalette FindPalette(ColorHistogram histogram, IProgress<KMeansProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return _options.Palette is { } given ? new FoundPalette(given, 0, true) : new PaletteFinder(_options, _parallel).Find(histogram, progress);
    }

    /// <summary>Finds the palette of weighted colours, as of those that several pictures share.</summary>
    /// <param name="colors">The colours.</param>
    /// <param name="progress">Told after each iteration of the clustering.</param>
    public FoundPalette FindPalette(WeightedColors colors, IProgress<KMeansProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(colors);
        return _options.Palette is { } given ? new FoundPalette(given, 0, true) : new PaletteFinder(_options, _parallel).Find(colors, progress);
    }

    /// <summary>
    /// Gives every pixel the nearest entry of a palette, of equally near ones the lowest; or, where the options ask for
    /// it and not every colour has an entry of its own, dithers (lightness then counts more: see
    /// <see cref="QuantizerOptions.Dithering"/>).
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
        var dither = Dither();
        var geometry = dither is null ? new ColorGeometry(_options.ColorSpace, opaque) : ColorGeometry.ForDithering(_options.ColorSpace, opaque);
        var entries = geometry.ToPoints(palette.Entries);
        var entryOfColor = opaque && dither is null && _options.ColorSpace == ColorSpace.Rgb
            ? histogram.Nearest(palette, _parallel)
            : Nearest(Points(), entries);
        var seen = SeenError.Between(histogram, palette, opaque);
        double error = seen.OfColors(entryOfColor, _parallel);
        byte[] indices;
        if (error > 0 && dither is not null)
        {
            indices = dither.Dither(image, new PaletteMatch(histogram, palette, Points(), entries, entryOfColor), _parallel);
            error = seen.OfPixels(image, indices, _parallel);
        }
        else
        {
            indices = histogram.Map(image, entryOfColor, _parallel);
        }

        var indexed = new IndexedImage(image.Width, image.Height, palette, indices) { IccProfile = image.IccProfile, Metadata = image.Metadata };
        return new QuantizedImage(indexed, histogram.Count, error / (3.0 * histogram.PixelCount), 0, true);

        PointSet<float> Points() => geometry.ToPoints(histogram.Colors, cancellationToken: _parallel.CancellationToken);
    }

    private byte[] Nearest(PointSet<float> colors, PointSet<float> entries) =>
        Array.ConvertAll(new KMeans<float>(null, _parallel).Assign(colors, entries).Cluster, static cluster => (byte)cluster);

    private IDither? Dither() => _options.DitheringStrength == 0 ? null : _options.Dithering switch
    {
        DitheringMethod.FloydSteinberg => new ErrorDiffusion<FloydSteinbergKernel>(_options.DitheringStrength),
        DitheringMethod.Sierra => new ErrorDiffusion<SierraKernel>(_options.DitheringStrength),
        DitheringMethod.BlueNoise => new OrderedDither(ThresholdMap.BlueNoise(), _options.DitheringStrength),
        DitheringMethod.Bayer => new OrderedDither(ThresholdMap.Bayer(), _options.DitheringStrength),
        _ => null,
    };
}
