using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>The weighted variances of the columns, which make the tolerance independent of the units of the data.</summary>
internal static class ColumnVariance
{
    /// <summary>The mean over the columns of their variances, in two passes: means first, so that a large offset does no harm.</summary>
    internal static double Mean<T>(PointSet<T> points, Blocks blocks, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double total = 0;
        for (int block = 0; block < blocks.Count; block++)
        {
            for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
            {
                total += points.IsWeighted ? points.Weights[i] : 1;
            }
        }

        var means = SumOfColumns(points, blocks, parallel, new double[points.Dimension], power: 1);
        for (int j = 0; j < means.Length; j++)
        {
            means[j] /= total;
        }

        return SumOfColumns(points, blocks, parallel, means, power: 2).Sum() / total / points.Dimension;
    }

    // For each column the weighted sum of (x - centre) to the power 1 or 2.
    private static double[] SumOfColumns<T>(PointSet<T> points, Blocks blocks, ParallelOptions parallel, double[] centre, int power)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        var ofBlock = new double[blocks.Count][];
        blocks.ForEach(parallel, block =>
        {
            var sums = ofBlock[block] = new double[d];
            for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
            {
                double weight = points.IsWeighted ? points.Weights[i] : 1;
                var row = points.Values.Slice(i * d, d);
                for (int j = 0; j < d; j++)
                {
                    double difference = Precision.ToDouble(row[j]) - centre[j];
                    sums[j] += weight * (power == 1 ? difference : difference * difference);
                }
            }
        });

        var total = new double[d];
        foreach (var sums in ofBlock)
        {
            VectorSum.AddTo(total, sums);
        }

        return total;
    }
}
