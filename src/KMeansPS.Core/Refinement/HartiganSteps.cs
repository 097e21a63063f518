using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>
/// Moves of single points that lower the inertia where Lloyd's rounds stand still (J. A. Hartigan, 1975, "Clustering
/// algorithms"; M. Telgarsky and A. Vattani, 2010, "Hartigan's method: k-means clustering without Voronoi"): a point of
/// weight w at the squared distance s leaves a cluster of weight W if W / (W - w) x s is more than V / (V + w) x t, for
/// another cluster of weight V at the squared distance t. Lloyd's rounds go on from there.
/// </summary>
/// <param name="set">The points.</param>
/// <param name="rounds">The most rounds of a run.</param>
internal sealed class HartiganSteps<T>(SearchSet<T> set, int rounds)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Rounds = 20;

    // More than the rounding of a few operations.
    private const double Rounding = 1e-12;

    private readonly PointSet<T> _points = set.Points;

    // The point that is looked at.
    private readonly double[] _place = new double[set.Points.Dimension];

    internal Optimum<T> Improve(Optimum<T> optimum)
    {
        var best = optimum;
        for (int round = 0; round < Rounds && MovePoints(best) is { } moved; round++)
        {
            var next = set.Run(set.With(best, moved), rounds);
            if (!next.IsBetterThan(best))
            {
                return next.Inertia < best.Inertia ? next : best;
            }

            best = next;
        }

        return best;
    }

    // The means after the moves; null where no point moves.
    private T[]? MovePoints(Optimum<T> optimum)
    {
        int d = _points.Dimension;
        var means = Array.ConvertAll(optimum.Centroids, double.CreateTruncating);
        var clusters = optimum.Nearest.ToArray();
        var weights = new double[means.Length / d];
        for (int i = 0; i < clusters.Length; i++)
        {
            weights[clusters[i]] += set.WeightOf(i);
        }

        double least = weights.Min();
        double lightest = least; // as the points move
        var seconds = set.Seconds(optimum);
        bool moved = false;
        for (int i = 0; i < clusters.Length; i++)
        {
            // Most points are much nearer to their own centroid than to any other.
            double weight = set.WeightOf(i);
            double own = weights[clusters[i]];
            if (own <= weight || own / (own - weight) * Precision.ToDouble(optimum.Squares[i]) <= least / (least + weight) * Precision.ToDouble(seconds[i]))
            {
                continue;
            }

            int to = BestFor(i, clusters[i], means, weights, lightest);
            if (to != clusters[i])
            {
                Shift(i, means.AsSpan(clusters[i] * d, d), weights[clusters[i]] -= weight, -weight);
                Shift(i, means.AsSpan(to * d, d), weights[to] += weight, weight);
                lightest = Math.Min(lightest, weights[clusters[i]]);
                clusters[i] = to;
                moved = true;
            }
        }

        return moved ? Array.ConvertAll(means, T.CreateTruncating) : null;
    }

    private int BestFor(int point, int from, double[] means, double[] weights, double lightest)
    {
        int d = _points.Dimension;
        var values = _points[point];
        for (int j = 0; j < d; j++)
        {
            _place[j] = Precision.ToDouble(values[j]);
        }

        double weight = set.WeightOf(point);
        double least = weights[from] / (weights[from] - weight) * SquareTo(means, from);
        int to = from;

        // What is too far even for the lightest cluster needs no division.
        double farthest = Bound(least, lightest, weight);
        for (int cluster = 0; cluster < weights.Length; cluster++)
        {
            double square = SquareTo(means, cluster);
            if (square > farthest || cluster == from)
            {
                continue;
            }

            double cost = weights[cluster] / (weights[cluster] + weight) * square;
            if (cost < least)
            {
                (to, least) = (cluster, cost);
                farthest = Bound(least, lightest, weight);
            }
        }

        return to;
    }

    private static double Bound(double least, double lightest, double weight) => least * (lightest + weight) / lightest * (1 + Rounding);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double SquareTo(double[] means, int cluster)
    {
        double sum = 0;
        var place = _place;
        var centre = means.AsSpan(cluster * place.Length, place.Length);
        for (int j = 0; j < centre.Length; j++)
        {
            double difference = place[j] - centre[j];
            sum += difference * difference;
        }

        return sum;
    }

    // Moves a mean by a point that comes or goes: its weight is above or below 0, and the cluster's is what it is then.
    private void Shift(int point, Span<double> mean, double weights, double weight)
    {
        var values = _points[point];
        for (int j = 0; j < mean.Length; j++)
        {
            mean[j] += weight / weights * (Precision.ToDouble(values[j]) - mean[j]);
        }
    }
}
