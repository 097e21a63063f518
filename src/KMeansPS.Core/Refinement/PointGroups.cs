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
    // Groups of a bound on their inertia: the bound is sought until their number is about right. Where points fill a
    // surface the number is about its inverse square root, and this power of the numbers finds it soon.
    private const int Trials = 12;
    private const double Near = 1.15;
    private const double Power = 1.6;
    private const int PlacesApart = 1 << 12;

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

    /// <summary>
    /// Points that follow one another in the index's order, as long as the inertia of their group is below a bound: a group
    /// of few or light points is wider than one of many, and all stand for their points about as well. Far fewer of them
    /// tell good optima from bad ones than of groups of a like number of points.
    /// </summary>
    /// <param name="points">n x d points.</param>
    /// <param name="index">Their order.</param>
    /// <param name="count">About how many groups; the points themselves where they are hardly more.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static PointSet<T> OfLikeInertia<T>(PointSet<T> points, SpatialIndex<T> index, int count, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (points.Count <= Near * count)
        {
            return points;
        }

        double lower = 0;
        double upper = ColumnVariance.Mean(points, Blocks.For(points.Count), parallel) * points.Dimension * WeightOf(points);
        double bound = upper / count / count;
        var groups = Within(points, index, bound, parallel.CancellationToken);
        for (int trial = 1; trial < Trials && Math.Max(groups.Count, count) > Near * Math.Min(groups.Count, count); trial++)
        {
            (lower, upper) = groups.Count > count ? (bound, upper) : (lower, bound);
            double next = bound * Math.Pow((double)groups.Count / count, Power);
            bound = next > lower && next < upper ? next : (lower + upper) / 2;
            groups = Within(points, index, bound, parallel.CancellationToken);
        }

        return groups;
    }

    private static PointSet<T> Within<T>(PointSet<T> points, SpatialIndex<T> index, double bound, CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        var order = index.Order;
        var means = new List<T>();
        var weights = new List<double>();
        var sum = new double[d];
        double weight = 0;
        double inertia = 0;
        for (int place = 0; place < points.Count; place++)
        {
            if (place % PlacesApart == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int i = order is null ? place : order[place];
            var point = points[i];
            double own = points.IsWeighted ? points.Weights[i] : 1;
            inertia += Rise(sum, weight, point, own);
            if (inertia > bound)
            {
                Complete();
            }

            weight += own;
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] += own * Precision.ToDouble(point[j]);
            }
        }

        Complete();
        return PointSet<T>.OfChecked(means.ToArray(), d, points.ColumnName, [.. weights]);

        void Complete()
        {
            foreach (ref double of in sum.AsSpan())
            {
                means.Add(Precision.Round<T>(of / weight));
                of = 0;
            }

            weights.Add(weight);
            (weight, inertia) = (0, 0);
        }
    }

    // By how much the inertia of a group rises when it takes a point.
    private static double Rise<T>(ReadOnlySpan<double> sum, double weight, ReadOnlySpan<T> point, double own)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double square = 0;
        for (int j = 0; weight > 0 && j < sum.Length; j++)
        {
            double way = Precision.ToDouble(point[j]) - (sum[j] / weight);
            square += way * way;
        }

        return square * (weight * own / (weight + own));
    }

    private static double WeightOf(PointSet points)
    {
        double sum = 0;
        for (int i = 0; i < points.Count; i++)
        {
            sum += points.IsWeighted ? points.Weights[i] : 1;
        }

        return sum;
    }
}
