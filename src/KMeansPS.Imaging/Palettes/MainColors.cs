using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Palettes;

/// <summary>The colours that stand best for those of a picture, and how much of it each stands for.</summary>
public static class MainColors
{
    /// <summary>The entries of a picture's palette, the one with the most pixels first; of equals the first in the palette.</summary>
    /// <param name="image">A picture that was brought to its palette.</param>
    /// <param name="source">The full path of the picture, if it has one.</param>
    public static IReadOnlyList<PaletteEntry> Of(IndexedImage image, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        var counts = new int[Palette.MaxCount];
        foreach (byte index in image.Indices)
        {
            counts[index]++;
        }

        return [.. image.Palette.Select((color, i) => Entry(color, counts[i], image.Indices.Length, source)).OrderByDescending(static entry => entry.Count)];
    }

    /// <summary>The main colours of a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="options">How many colours, and how they are found.</param>
    /// <param name="source">The full path of the picture, if it has one.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <param name="progress">Told after each iteration of the clustering.</param>
    public static IReadOnlyList<PaletteEntry> Of(
        PixelImage image, QuantizerOptions options, string? source = null, ParallelOptions? parallel = null, IProgress<KMeansProgress>? progress = null) =>
        Of(new ColorQuantizer(options, parallel).Quantize(image, progress).Image, source);

    private static PaletteEntry Entry(Rgba color, int count, int pixels, string? source) => new()
    {
        Source = source,
        Hex = color.ToString(),
        R = color.R,
        G = color.G,
        B = color.B,
        A = color.A,
        Count = count,
        Share = (double)count / pixels,
        Name = CssColors.NearestName(color),
    };
}
