using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Evaluation;

/// <summary>
/// The means of clusters, and how far their points lie from them: in double whatever the precision of the points, with
/// partial sums of blocks that are added in their order.
/// </summary>
internal sealed class ClusterScatter
{
    // So many values are gone over in far less than the 50 ms between two looks at the token.
    private const int ValuesBetweenLooks = 65536;

    private ClusterScatter(ClusterLayout layout, int dimension, double[] means, double[] sums)
    {
        Layout = layout;
        Dimension = dimension;
        Means = means;
        Squares = sums[..layout.K];
        Distances = sums[layout.K..];
    }

    internal ClusterLayout Layout { get; }

    internal int Dimension { get; }

    /// <summary>K x d means.</summary>
    internal double[] Means { get; }

    /// <summary>For each cluster the sum of the weighted squared distances of its points to its mean.</summary>
    internal double[] Squares { get; }

    /// <summary>For each cluster the sum of the weighted distances of its points to its mean.</summary>
    internal double[] Distances { get; }

    /// <summary>The mean of one cluster: d values.</summary>
    internal ReadOnlySpan<double> MeanOf(int cluster) => Means.AsSpan(cluster * Dimension, Dimension);

    internal static ClusterScatter Of(PointSet points, ClusterLayout layout, ParallelOptions parallel) => points switch
    {
        PointSet<float> single => Of(single, layout, parallel),
        PointSet<double> full => Of(full, layout, parallel),
        _ => throw new ArgumentException($"Points of {points.ElementType} cannot be measured.", nameof(points)),
    };

    /// <summary>The squared distance of two points in double.</summary>
    internal static double SquaredDistance(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int j = 0; j < left.Length; j++)
        {
            double difference = left[j] - right[j];
            sum = Math.FusedMultiplyAdd(difference, difference, sum);
        }

        return sum;
    }

    private static ClusterScatter Of<T>(PointSet<T> points, ClusterLayout layout, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = layout.K;
        int d = points.Dimension;
        double[] means = SumOfBlocks(points, layout, parallel, k * d, (sums, i, weight) =>
            VectorSum.AddTo(sums.AsSpan(layout.Cluster[i] * d, d), points.Values.Slice(i * d, d), weight));
        for (int at = 0; at < means.Length; at++)
        {
            means[at] /= layout.Weight[at / d];
        }

        double[] scatter = SumOfBlocks(points, layout, parallel, 2 * k, (sums, i, weight) =>
        {
            int cluster = layout.Cluster[i];
            double square = SquareToMean(points.Values.Slice(i * d, d), means.AsSpan(cluster * d, d));
            sums[cluster] += weight * square;
            sums[k + cluster] += weight * Math.Sqrt(square);
        });
        return new ClusterScatter(layout, d, means, scatter);
    }

    private static double[] SumOfBlocks<T>(PointSet<T> points, ClusterLayout layout, ParallelOptions parallel, int length, Action<double[], int, double> add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var blocks = Blocks.For(points.Count, layout.K);
        int pointsBetweenLooks = Math.Max(1, ValuesBetweenLooks / points.Dimension);
        var ofBlock = new double[blocks.Count][];
        blocks.ForEach(parallel, block =>
        {
            var sums = ofBlock[block] = new double[length];
            for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
            {
                if (i % pointsBetweenLooks == 0)
                {
                    parallel.CancellationToken.ThrowIfCancellationRequested();
                }

                add(sums, i, points.IsWeighted ? points.Weights[i] : 1);
            }
        });

        var total = new double[length];
        foreach (double[] sums in ofBlock)
        {
            VectorSum.AddTo(total, sums);
        }

        return total;
    }

    // One subtraction and one fused multiply-add for each value.
    private static double SquareToMean<T>(ReadOnlySpan<T> point, ReadOnlySpan<double> mean)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int j = 0; j < point.Length; j++)
        {
            double difference = double.CreateTruncating(point[j]) - mean[j];
            sum = Math.FusedMultiplyAdd(difference, difference, sum);
        }

        return sum;
    }
}
