namespace KMeansPS.Imaging.Dithering;

/// <summary>Which neighbours take over the error of a pixel, and in which shares, for a row that runs from left to right.</summary>
internal sealed class DiffusionKernel
{
    private DiffusionKernel(int divisor, params (int Dx, int Dy, int Weight)[] taps)
    {
        Taps = Array.ConvertAll(taps, tap => (tap.Dx, tap.Dy, (float)tap.Weight / divisor));
        Reach = taps.Max(tap => Math.Abs(tap.Dx));
        Rows = taps.Max(tap => tap.Dy) + 1;
    }

    /// <summary>R. W. Floyd and L. Steinberg, 1976.</summary>
    internal static DiffusionKernel FloydSteinberg { get; } = new(16, (1, 0, 7), (-1, 1, 3), (0, 1, 5), (1, 1, 1));

    /// <summary>F. Sierra, 1989, in three rows.</summary>
    internal static DiffusionKernel Sierra { get; } = new(
        32, (1, 0, 5), (2, 0, 3), (-2, 1, 2), (-1, 1, 4), (0, 1, 5), (1, 1, 4), (2, 1, 2), (-1, 2, 2), (0, 2, 3), (1, 2, 2));

    /// <summary>The neighbours: columns ahead, rows below, share of the error.</summary>
    internal (int Dx, int Dy, float Share)[] Taps { get; }

    /// <summary>How many columns away the farthest neighbour is.</summary>
    internal int Reach { get; }

    /// <summary>How many rows have neighbours, the own one among them.</summary>
    internal int Rows { get; }
}
