using System.Numerics;

namespace KMeansPS.Tests.Support;

/// <summary>
/// k-means as a textbook writes it, one plain loop a step, in the formulas that the library documents: what every fast
/// path is held against.
/// </summary>
internal static class Textbook
{
    /// <summary>s = (x - c) x (x - c) + s in ascending dimension, fused.</summary>
    internal static T SquaredDistance<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int j = 0; j < x.Length; j++)
        {
            T difference = x[j] - c[j];
            sum = T.FusedMultiplyAdd(difference, difference, sum);
        }

        return sum;
    }

    internal static int[] Assign<T>(PointSet<T> points, PointSet<T> centroids)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var nearest = new int[points.Count];
        for (int i = 0; i < points.Count; i++)
        {
            for (int cluster = 1; cluster < centroids.Count; cluster++)
            {
                if (SquaredDistance(points[i], centroids[cluster]) < SquaredDistance(points[i], centroids[nearest[i]]))
                {
                    nearest[i] = cluster;
                }
            }
        }

        return nearest;
    }

    /// <summary>The squared distance of one point to one centroid in double, as inertia has it.</summary>
    internal static double SquaredDistanceInDouble<T>(PointSet<T> points, int i, PointSet<T> centroids, int cluster)
        where T : unmanaged, IFloatingPointIeee754<T> => SquaredDistance<double>(points.GetPoint(i), centroids.GetPoint(cluster));

    /// <summary>The inertia of each cluster, with partial sums for blocks of so many points.</summary>
    internal static double[] Inertia<T>(PointSet<T> points, int[] clusters, PointSet<T> centroids, int blockSize)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var total = new double[centroids.Count];
        for (int start = 0; start < points.Count; start += blockSize)
        {
            var ofBlock = new double[centroids.Count];
            for (int i = start; i < Math.Min(points.Count, start + blockSize); i++)
            {
                double square = SquaredDistanceInDouble(points, i, centroids, clusters[i]);
                ofBlock[clusters[i]] += points.IsWeighted ? points.Weights[i] * square : square;
            }

            for (int cluster = 0; cluster < total.Length; cluster++)
            {
                total[cluster] += ofBlock[cluster];
            }
        }

        return total;
    }

    /// <summary>The mean of each cluster, with partial sums for blocks of so many points.</summary>
    internal static PointSet<T> Means<T>(PointSet<T> points, int[] clusters, PointSet<T> former, int blockSize)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int d = points.Dimension;
        var means = former.Values.ToArray();
        for (int cluster = 0; cluster < former.Count; cluster++)
        {
            var sums = new double[d];
            double weight = 0;
            for (int start = 0; start < points.Count; start += blockSize)
            {
                var ofBlock = new double[d];
                double weightOfBlock = 0;
                for (int i = start; i < Math.Min(points.Count, start + blockSize); i++)
                {
                    if (clusters[i] == cluster)
                    {
                        double w = points.IsWeighted ? points.Weights[i] : 1;
                        var point = points.GetPoint(i);
                        weightOfBlock += w;
                        for (int j = 0; j < d; j++)
                        {
                            ofBlock[j] += w * point[j];
                        }
                    }
                }

                weight += weightOfBlock;
                for (int j = 0; j < d; j++)
                {
                    sums[j] += ofBlock[j];
                }
            }

            for (int j = 0; weight > 0 && j < d; j++)
            {
                means[(cluster * d) + j] = T.CreateTruncating(sums[j] / weight);
            }
        }

        return new PointSet<T>(means, d);
    }

    /// <summary>Assigns and updates until labels and centroids stay as they are.</summary>
    internal static (PointSet<T> Centroids, int[] Clusters, int Iterations) Fit<T>(
        PointSet<T> points, PointSet<T> initial, int blockSize, int maxIterations, int[]? inOrder = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var centroids = initial;
        int[] before = [];
        for (int iteration = 1; ; iteration++)
        {
            var clusters = Assign(points, centroids);
            bool filled = FillEmptyClusters(points, clusters, centroids, inOrder ?? [.. Enumerable.Range(0, points.Count)]);
            var means = Means(points, clusters, centroids, blockSize);
            bool still = !filled && clusters.SequenceEqual(before) && means.Values.SequenceEqual(centroids.Values);
            (centroids, before) = (means, clusters);
            if (still || iteration == maxIterations)
            {
                return (centroids, Assign(points, centroids), iteration);
            }
        }
    }

    // Each empty cluster takes the point farthest from its own centroid, of those that are not the only one of a
    // cluster, nor in a cluster whose points had all one place; of equally far ones the first in the given order.
    private static bool FillEmptyClusters<T>(PointSet<T> points, int[] clusters, PointSet<T> centroids, int[] inOrder)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] squares = [.. clusters.Select((cluster, i) => SquaredDistanceInDouble(points, i, centroids, cluster))];
        var before = (int[])clusters.Clone();
        bool Leaves(int i) => Enumerable.Range(0, points.Count).Any(other => before[other] == before[i] && !points[other].SequenceEqual(points[i]));
        bool filled = false;
        foreach (int empty in Enumerable.Range(0, centroids.Count).Except(clusters).ToArray())
        {
            int[] candidates = [.. inOrder.Where(i => squares[i] > 0 && clusters.Count(cluster => cluster == clusters[i]) > 1 && Leaves(i))];
            if (candidates.Length == 0)
            {
                break;
            }

            int farthest = candidates.MaxBy(i => squares[i]);
            clusters[farthest] = empty;
            squares[farthest] = 0;
            filled = true;
        }

        return filled;
    }
}
