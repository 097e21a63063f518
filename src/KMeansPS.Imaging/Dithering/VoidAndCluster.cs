using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Dithering;

/// <summary>
/// Blue noise by the void-and-cluster method (R. Ulichney, 1993, "The void-and-cluster method for dither array
/// generation"): places are ranked one by one, each into the largest void that those before it leave. Powers of a
/// constant by multiplication make the Gaussian, so that the ranks are the same on every platform. Some 20 ms, once.
/// </summary>
internal static class VoidAndCluster
{
    /// <summary>The edge of the square, a power of two.</summary>
    internal const int Edge = 64;

    private const int Count = Edge * Edge;
    private const int FirstOnes = Count / 10;

    // exp(-1 / (2 * 1.5 * 1.5)): the Gaussian of the paper has a deviation of 1.5 places. Beyond 8 it is below 1e-6.
    private const double FallOff = 0.80073740291680806;
    private const int Radius = 8;

    private static readonly Lazy<int[]> RanksOnce = new(Rank);

    /// <summary>The rank of every place, 0 to 4095, row by row.</summary>
    internal static int[] Ranks() => RanksOnce.Value;

    private static int[] Rank()
    {
        var gaussian = Gaussian();
        var start = EvenStart(gaussian);
        var ranks = new int[Count];

        // The start itself is ranked from its tightest cluster downwards.
        var ones = (bool[])start.Clone();
        var density = DensityOf(ones, gaussian);
        for (int rank = FirstOnes - 1; rank >= 0; rank--)
        {
            int cluster = Extreme(density, ones, wanted: true);
            Change(ones, density, cluster, gaussian);
            ranks[cluster] = rank;
        }

        ones = start;
        density = DensityOf(ones, gaussian);
        for (int rank = FirstOnes; rank < Count; rank++)
        {
            int hole = Extreme(density, ones, wanted: false);
            Change(ones, density, hole, gaussian);
            ranks[hole] = rank;
        }

        return ranks;
    }

    // A random start whose tightest clusters are moved into its largest voids until that changes nothing.
    private static bool[] EvenStart(double[] gaussian)
    {
        var ones = new bool[Count];
        uint random = 0;
        for (int set = 0; set < FirstOnes;)
        {
            // D. E. Knuth and H. W. Lewis: the upper bits of a linear congruential generator serve for a start.
            random = (random * 1664525) + 1013904223;
            ref bool one = ref ones[random >> 20];
            set += one ? 0 : 1;
            one = true;
        }

        var density = DensityOf(ones, gaussian);
        while (true)
        {
            int cluster = Extreme(density, ones, wanted: true);
            Change(ones, density, cluster, gaussian);
            int hole = Extreme(density, ones, wanted: false);
            Change(ones, density, hole, gaussian);
            if (hole == cluster)
            {
                return ones;
            }
        }
    }

    // The tightest place among ones, or the emptiest among zeros; of equals the first.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Extreme(double[] density, bool[] ones, bool wanted)
    {
        int best = -1;
        for (int i = 0; i < Count; i++)
        {
            if (ones[i] == wanted && (best < 0 || (wanted ? density[i] > density[best] : density[i] < density[best])))
            {
                best = i;
            }
        }

        return best;
    }

    private static double[] DensityOf(bool[] ones, double[] gaussian)
    {
        var density = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            if (ones[i])
            {
                Add(density, i, 1, gaussian);
            }
        }

        return density;
    }

    private static void Change(bool[] ones, double[] density, int place, double[] gaussian)
    {
        Add(density, place, ones[place] ? -1 : 1, gaussian);
        ones[place] = !ones[place];
    }

    // The square repeats, so that its borders are neighbours.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double[] density, int place, int sign, double[] gaussian)
    {
        int x = place % Edge;
        int y = place / Edge;
        int i = 0;
        for (int dy = -Radius; dy <= Radius; dy++)
        {
            int row = (y + dy) & (Edge - 1);
            for (int dx = -Radius; dx <= Radius; dx++)
            {
                density[(row * Edge) + ((x + dx) & (Edge - 1))] += sign * gaussian[i++];
            }
        }
    }

    private static double[] Gaussian()
    {
        var values = new List<double>();
        for (int dy = -Radius; dy <= Radius; dy++)
        {
            for (int dx = -Radius; dx <= Radius; dx++)
            {
                double value = 1;
                for (int i = 0; i < (dx * dx) + (dy * dy); i++)
                {
                    value *= FallOff;
                }

                values.Add(value);
            }
        }

        return [.. values];
    }
}
