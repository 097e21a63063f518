namespace KMeansPS.Imaging.Dithering;

/// <summary>A square of ranks that repeats over a picture: each share of 0 to 1 lies above as large a share of its places.</summary>
internal sealed class ThresholdMap
{
    private readonly float[] _thresholds;
    private readonly int _edge;

    private ThresholdMap(int edge, int[] ranks)
    {
        _edge = edge;
        _thresholds = Array.ConvertAll(ranks, rank => (rank + 0.5f) / ranks.Length);
    }

    /// <summary>The 8 x 8 matrix of B. E. Bayer (1973).</summary>
    internal static ThresholdMap Bayer()
    {
        const int Bits = 3;
        const int Edge = 1 << Bits;
        var ranks = new int[Edge * Edge];
        for (int y = 0; y < Edge; y++)
        {
            for (int x = 0; x < Edge; x++)
            {
                // The lowest bits of the place make the highest of the rank.
                for (int bit = 0; bit < Bits; bit++)
                {
                    int across = (x >> bit) & 1;
                    int down = (y >> bit) & 1;
                    ranks[(y * Edge) + x] |= ((2 * (across ^ down)) + down) << (2 * (Bits - 1 - bit));
                }
            }
        }

        return new ThresholdMap(Edge, ranks);
    }

    /// <summary>Blue noise of 64 x 64 places.</summary>
    internal static ThresholdMap BlueNoise() => new(VoidAndCluster.Edge, VoidAndCluster.Ranks());

    /// <summary>The thresholds of a row, one for each column; they repeat.</summary>
    internal ReadOnlySpan<float> Row(int y) => _thresholds.AsSpan(y % _edge * _edge, _edge);
}
