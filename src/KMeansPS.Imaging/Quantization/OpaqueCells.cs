using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// The opaque colours of a picture gathered into the cells of a coarse grid of RGB: bit for bit what
/// <see cref="CoarseColors"/> makes of them as points, but no cell is looked up for a colour. Colours lie in the order of
/// their <see cref="ColorKey"/>, in which a <see cref="ColorCell"/> is whole; and all sums are whole numbers, so that it
/// does not matter in which order they are added.
/// </summary>
/// <param name="table">The colours.</param>
/// <param name="colors">Them in the order of their numbers.</param>
/// <param name="counts">How many pixels have each.</param>
internal sealed class OpaqueCells(OpaqueColorTable table, Rgba[] colors, int[] counts)
{
    /// <summary>How many cells occur.</summary>
    /// <param name="edge">2, 4 or 8 levels.</param>
    internal int Count(int edge) => edge switch
    {
        2 => CountOfParts(),
        4 => table.Cells.Length,
        _ => CountOfEights(),
    };

    /// <summary>The mean of each cell that occurs, in the order in which they first do, with the number of its pixels.</summary>
    /// <param name="edge">2, 4 or 8 levels.</param>
    internal PointSet<float> Means(int edge)
    {
        int count = Count(edge);
        var means = GC.AllocateUninitializedArray<float>(3 * count);
        var weights = GC.AllocateUninitializedArray<double>(count);
        if (edge == 8)
        {
            MeansOfEights(means, weights);
        }
        else
        {
            MeansOfParts(edge, means, weights);
        }

        return new PointSet<float>(means, 3, weights);
    }

    // Of a part's eight places the first, whose levels are even, stands for all.
    private int CountOfParts()
    {
        int count = 0;
        foreach (ulong occurring in table.Occurrences)
        {
            ulong parts = occurring | (occurring >> 1);
            parts |= parts >> 4;
            parts |= parts >> 16;
            count += BitOperations.PopCount(parts & 0x0505_0000_0505);
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MeansOfParts(int edge, float[] means, double[] weights)
    {
        int i = 0;
        foreach (int number in table.Cells)
        {
            var cell = table.Cell(number);
            for (ulong left = cell.Occurring; left != 0; left ^= FirstPart(left, edge))
            {
                SumOf(cell, FirstPart(left, edge)).ToMean(means.AsSpan(3 * i), out weights[i]);
                i++;
            }
        }
    }

    private int CountOfEights()
    {
        bool[] occurs = new bool[ColorKey.CellCount / 8];
        foreach (int number in table.Cells)
        {
            occurs[EightOf(number)] = true;
        }

        return occurs.AsSpan().Count(true);
    }

    private void MeansOfEights(float[] means, double[] weights)
    {
        // For each cell of 8 x 8 x 8, its place among the sums, and 1; 0 for one that did not come yet.
        int[] places = new int[ColorKey.CellCount / 8];
        var sums = new ColorSum[weights.Length];
        int count = 0;
        foreach (int number in table.Cells)
        {
            ref int place = ref places[EightOf(number)];
            place = place == 0 ? ++count : place;
            var cell = table.Cell(number);
            sums[place - 1] += SumOf(cell, cell.Occurring);
        }

        for (int i = 0; i < sums.Length; i++)
        {
            sums[i].ToMean(means.AsSpan(3 * i), out weights[i]);
        }
    }

    // The upper five bits of red, green and blue.
    private static int EightOf(int number) => ((number >> 3) & 0x7C00) | ((number >> 2) & 0x3E0) | ((number >> 1) & 0x1F);

    // Those of a cell's places that share their 2 x 2 x 2 neighbours with the first of them, or all.
    private static ulong FirstPart(ulong places, int edge) =>
        edge == 2 ? places & (0x33_0033UL << (BitOperations.TrailingZeroCount(places) & 0b10_1010)) : places;

    private ColorSum SumOf(ColorCell cell, ulong places)
    {
        var sum = default(ColorSum);
        for (; places != 0; places &= places - 1)
        {
            int color = cell.FirstColor + BitOperations.PopCount(cell.Occurring & ((places & (0 - places)) - 1));
            sum += new ColorSum(colors[color], counts[color]);
        }

        return sum;
    }
}
