using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>
/// Neighbours in space drawn together into their mean, which has their weight (T. Zhang, R. Ramakrishnan and M. Livny,
/// 1996, "BIRCH: an efficient data clustering method for very large databases"). As long as no group is divided the
/// inertia of the means is less than that of the points by the same amount, so that few of them tell good optima from
/// bad ones better than a sample of as many points does.
/// </summary>
internal static class PointGroups
{
    /// <summary>Points that follow one another in the index's order, about as many in each group.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="index">Their order.</param>
    /// <param name="count">How many groups, at most n.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static PointSet<T> Of<T>(PointSet<T> points, SpatialIndex<T> index, int count, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        var order = index.Order;
        var means = new T[count * d];
        var weights = new double[count];
        var blocks = Blocks.For(count);
        blocks.ForEach(parallel, block =>
        {
            var sum = new double[d];
            for (int group = blocks.Start(block); group < blocks.Start(block) + blocks.Length(block); group++)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                Array.Clear(sum);
                int end = StartOf(group + 1);
                for (int place = StartOf(group); place < end; place++)
                {
                    int point = order is null ? place : order[place];
                    double weight = points.IsWeighted ? points.Weights[point] : 1;
                    VectorSum.AddTo(sum, points.Values.Slice(point * d, d), weight);
                    weights[group] += weight;
                }

                for (int j = 0; j < d; j++)
                {
                    means[(group * d) + j] = Precision.Round<T>(sum[j] / weights[group]);
                }
            }
        });
        return PointSet<T>.OfChecked(means, d, points.ColumnName, weights);

        int StartOf(int group) => (int)((long)group * points.Count / count);
    }
}
