using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Dithering;

/// <summary>
/// Which neighbours take over the error of a pixel, and in which shares. A new one for each row: it may keep what
/// neighbours have until their sum is complete.
/// </summary>
internal interface IDiffusionKernel
{
    /// <summary>How many columns away the farthest neighbour is.</summary>
    static abstract int Reach { get; }

    /// <summary>How many rows have neighbours, the own one among them: two or three.</summary>
    static abstract int Rows { get; }

    /// <summary>What earlier pixels have handed on to the next pixel of the row.</summary>
    /// <param name="own">The sums of the row.</param>
    /// <param name="place">The pixel's place in the rows.</param>
    Vector128<float> Take(ReadOnlySpan<Vector128<float>> own, int place);

    /// <summary>Adds its share of the pixel's error to the sum of each neighbour.</summary>
    /// <param name="error">The error.</param>
    /// <param name="own">The sums of the row.</param>
    /// <param name="below">Those of the next row.</param>
    /// <param name="last">Those of the last row with neighbours.</param>
    /// <param name="place">The pixel's place in the rows.</param>
    /// <param name="ahead">1 where the row runs to the right, -1 where it runs to the left.</param>
    void Spread(Vector128<float> error, Span<Vector128<float>> own, Span<Vector128<float>> below, Span<Vector128<float>> last, int place, int ahead);

    /// <summary>Writes what it has kept.</summary>
    /// <param name="below">The sums of the next row.</param>
    /// <param name="place">The place of the row's last pixel.</param>
    void Finish(Span<Vector128<float>> below, int place);
}
