using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>Which neighbours take over the error of a pixel, and in which shares.</summary>
internal interface IDiffusionKernel
{
    /// <summary>How many columns away the farthest neighbour is.</summary>
    static abstract int Reach { get; }

    /// <summary>How many rows have neighbours, the own one among them: two or three.</summary>
    static abstract int Rows { get; }

    /// <summary>Adds its share of a pixel's error to what each neighbour has.</summary>
    /// <param name="error">The error.</param>
    /// <param name="own">What the pixels of the row have.</param>
    /// <param name="below">What those of the next row have.</param>
    /// <param name="last">What those of the last row with neighbours have.</param>
    /// <param name="place">The pixel's place in the rows.</param>
    /// <param name="ahead">1 where the row runs to the right, -1 where it runs to the left.</param>
    static abstract void Spread(
        Vector128<float> error, Span<Vector128<float>> own, Span<Vector128<float>> below, Span<Vector128<float>> last, int place, int ahead);
}
