using System.Numerics;
using System.Runtime.CompilerServices;

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
    internal static PointSet<float> Of(PointSet<float> colors, int edge, int reach, int alone = 0)
    {
        Span<int> edges = stackalloc int[colors.Dimension];
        edges.Fill(edge);
        return Of(colors, edges, reach, double.PositiveInfinity, alone);
    }

    /// <summary>
    /// Gathers neighbouring cells, two at a time along one axis after the other, as long as there are more of them than
    /// are wanted.
    /// </summary>
    /// <param name="cells">Weighted points, of which no two share a cell of the given edge.</param>
    /// <param name="edge">That edge, a power of two.</param>
    /// <param name="reach">A power of two that no coordinate reaches.</param>
    /// <param name="least">How many cells are wanted at least.</param>
    /// <param name="heavy">A cell of more than this share of the weight stays as it is: it may hold several clusters.</param>
    /// <param name="alone">How many of the first points are left alone.</param>
    internal static PointSet<float> Coarsen(PointSet<float> cells, int edge, int reach, int least, double heavy, int alone = 0)
    {
        double weight = 0;
        foreach (double one in cells.Weights[alone..])
        {
            weight += one;
        }

        Span<int> edges = stackalloc int[cells.Dimension];
        edges.Fill(edge);
        for (int step = 1; edges[0] < reach; step++)
        {
            edges[^(((step - 1) % edges.Length) + 1)] *= 2;
            var coarser = Of(cells, edges, reach, heavy * weight, alone);
            if (coarser.Count < least)
            {
                break;
            }

            cells = coarser;
        }

        return cells;
    }

    private static PointSet<float> Of(PointSet<float> colors, ReadOnlySpan<int> edges, int reach, double heavy, int alone)
    {
        int[] cellOfColor = GC.AllocateUninitializedArray<int>(colors.Count);
        int cells = Number(colors, edges, reach, heavy, alone, cellOfColor);
        int d = colors.Dimension;
        var sums = new double[cells * d];
        var weights = new double[cells];
        Add(colors, cellOfColor, sums, weights);
        var means = new float[sums.Length];
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = (float)(sums[i] / weights[i / d]);
        }

        return new PointSet<float>(means, d, weights);
    }

    // Cells are numbered in the order in which they first occur.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Number(PointSet<float> colors, ReadOnlySpan<int> edges, int reach, double heavy, int alone, int[] cellOfColor)
    {
        int d = colors.Dimension;
        var cells = new CellNumbers();
        var values = colors.Values;
        var weights = colors.Weights;
        Span<int> bits = stackalloc int[d];
        for (int j = 0; j < d; j++)
        {
            bits[j] = BitOperations.Log2((uint)edges[j]);
        }

        int bitsOfCell = BitOperations.Log2((uint)reach) + 1;
        long lastKey = long.MinValue;
        int cell = 0;
        for (int i = 0; i < cellOfColor.Length; i++)
        {
            long key = 0;
            for (int j = 0; j < d; j++)
            {
                key = (key << bitsOfCell) | (long)((int)(values[(i * d) + j] + reach) >> bits[j]);
            }

            key = i < alone || weights[i] > heavy ? -1 - i : key; // no other key is negative
            if (key != lastKey) // neighbours are mostly of one cell
            {
                cell = cells.Of(key);
            }

            lastKey = key;
            cellOfColor[i] = cell;
        }

        return cells.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(PointSet<float> colors, int[] cellOfColor, double[] sums, double[] weights)
    {
        int d = colors.Dimension;
        var values = colors.Values;
        var pointWeights = colors.Weights;
        for (int i = 0; i < cellOfColor.Length; i++)
        {
            double weight = pointWeights[i];
            weights[cellOfColor[i]] += weight;
            for (int j = 0; j < d; j++)
            {
                sums[(cellOfColor[i] * d) + j] += weight * values[(i * d) + j];
            }
        }
    }
}
