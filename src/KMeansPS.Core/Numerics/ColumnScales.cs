using System.Numerics;

namespace KMeansPS.Numerics;

/// <summary>
/// Finds the offset and the factor of every column. A column in which all values are the same is found by its range,
/// which is exact, and not by its variance, which rounding can lift above 0. Moments are taken of the values within
/// their range, 0 to 1, so that neither a large offset nor a very small or large unit does harm.
/// </summary>
internal static class ColumnScales
{
    internal static (double[] Offset, double[] Factor) Of<T>(PointSet<T> points, ScalingMethod method, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var blocks = Blocks.For(points.Count);
        var (least, range) = Ranges(points, blocks, parallel);
        var factor = Array.ConvertAll(range, static width => width > 0 ? width : 1);
        if (method != ScalingMethod.ZScore)
        {
            return (least, factor);
        }

        var mean = MeanWithin(points, blocks, parallel, least, factor, new double[least.Length], power: 1);
        var variance = MeanWithin(points, blocks, parallel, least, factor, mean, power: 2);
        for (int j = 0; j < least.Length; j++)
        {
            if (range[j] > 0)
            {
                double deviation = Math.Sqrt(variance[j]) * factor[j];
                least[j] += mean[j] * factor[j];
                factor[j] = deviation > 0 ? deviation : factor[j];
            }
        }

        return (least, factor);
    }

    private static (double[] Least, double[] Range) Ranges<T>(PointSet<T> points, Blocks blocks, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        var least = points.GetPoint(0);
        var range = points.GetPoint(0);
        var ofBlock = new (T[] Least, T[] Greatest)[blocks.Count];
        blocks.ForEach(parallel, block =>
        {
            var values = points.Values.Slice(blocks.Start(block) * d, blocks.Length(block) * d);
            var low = values[..d].ToArray();
            var high = values[..d].ToArray();
            for (int at = 0; at < values.Length; at += d)
            {
                for (int j = 0; j < d; j++)
                {
                    T value = values[at + j];
                    low[j] = value < low[j] ? value : low[j];
                    high[j] = value > high[j] ? value : high[j];
                }
            }

            ofBlock[block] = (low, high);
        });
        for (int j = 0; j < d; j++)
        {
            least[j] = ofBlock.Min(block => Precision.ToDouble(block.Least[j]));
            range[j] = ofBlock.Max(block => Precision.ToDouble(block.Greatest[j])) - least[j];
        }

        return (least, range);
    }

    // For each column the weighted mean of (u - centre) to the power 1 or 2, where u is the value within its range.
    private static double[] MeanWithin<T>(
        PointSet<T> points, Blocks blocks, ParallelOptions parallel, double[] least, double[] range, double[] centre, int power)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        var ofBlock = new double[blocks.Count][];
        blocks.ForEach(parallel, block =>
        {
            // One place more than there are columns: the sum of the weights.
            var sums = ofBlock[block] = new double[d + 1];
            for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
            {
                double weight = points.IsWeighted ? points.Weights[i] : 1;
                var row = points.Values.Slice(i * d, d);
                for (int j = 0; j < d; j++)
                {
                    double difference = ((Precision.ToDouble(row[j]) - least[j]) / range[j]) - centre[j];
                    sums[j] += weight * (power == 1 ? difference : difference * difference);
                }

                sums[d] += weight;
            }
        });

        var total = new double[d + 1];
        foreach (var sums in ofBlock)
        {
            VectorSum.AddTo(total, sums);
        }

        return [.. total.Take(d).Select(sum => sum / total[d])];
    }
}
