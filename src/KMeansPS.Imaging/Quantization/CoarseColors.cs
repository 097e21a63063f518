using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// A picture's colours gathered into the cells of a coarse grid: the mean of each cell that occurs, with the number of
/// its pixels. A few thousand points stand for all pixels while the search for a good optimum goes on.
/// </summary>
internal static class CoarseColors
{
    /// <summary>
    /// Gathers weighted points of coordinates within +-reach into cells of the given edge, a power of two. The first few
    /// may be left alone: each is a cell of its own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static PointSet<float> Of(PointSet<float> colors, int edge, int reach, int alone = 0)
    {
        int d = colors.Dimension;
        var cells = new Dictionary<long, int>();
        var sums = new List<double>();
        var weights = new List<double>();
        var values = colors.Values;
        var pointWeights = colors.Weights;
        long lastKey = long.MinValue;
        int cell = 0;
        for (int i = 0; i < colors.Count; i++)
        {
            long key = 0;
            for (int j = 0; j < d; j++)
            {
                key = (key * (2 * reach / edge)) + ((int)(values[(i * d) + j] + reach) / edge);
            }

            key = i < alone ? -1 - i : key; // no other key is negative
            if (key != lastKey && !cells.TryGetValue(key, out cell)) // neighbours are mostly of one cell
            {
                cells[key] = cell = weights.Count;
                weights.Add(0);
                CollectionsMarshal.SetCount(sums, sums.Count + d);
            }

            lastKey = key;
            double weight = pointWeights[i];
            weights[cell] += weight;
            for (int j = 0; j < d; j++)
            {
                sums[(cell * d) + j] += weight * values[(i * d) + j];
            }
        }

        var means = new float[sums.Count];
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = (float)(sums[i] / weights[i / d]);
        }

        return new PointSet<float>(means, d, [.. weights]);
    }
}
