using KMeansPS.Numerics;

namespace KMeansPS.Evaluation;

/// <summary>
/// The cluster separation measure (D. L. Davies and D. W. Bouldin, 1979, "A cluster separation measure"): the mean over
/// the clusters of the greatest (s_i + s_j) / d_ij, where s is the mean distance of a cluster's points to its mean, and d
/// the distance of two means. The lower the better. Weights count in the means. Two clusters whose means lie at one
/// place are not compared, as scikit-learn has it.
/// </summary>
public static class DaviesBouldin
{
    /// <summary>The index of a clustering. K x K x d operations beside those for the points.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="clusters">n cluster numbers, 0 or more.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <returns>0 or more; null where it is not defined: with one cluster, or as many as points.</returns>
    public static double? Measure(PointSet points, int[] clusters, ParallelOptions? parallel = null)
    {
        parallel ??= new ParallelOptions();
        var layout = ClusterLayout.Of(points, clusters, parallel.CancellationToken);
        return Of(ClusterScatter.Of(points, layout, parallel), parallel);
    }

    internal static double? Of(ClusterScatter scatter, ParallelOptions parallel)
    {
        int k = scatter.Layout.K;
        if (k == 1 || k >= Math.Max(scatter.Layout.Cluster.Length, scatter.Layout.Weight.Sum()))
        {
            return null;
        }

        var worst = new double[k];
        new Blocks(k, 1).ForEach(parallel, i =>
        {
            for (int j = 0; j < k; j++)
            {
                double apart = Math.Sqrt(ClusterScatter.SquaredDistance(scatter.MeanOf(i), scatter.MeanOf(j)));
                if (apart > 0)
                {
                    worst[i] = Math.Max(worst[i], (MeanDistance(scatter, i) + MeanDistance(scatter, j)) / apart);
                }
            }
        });
        return worst.Sum() / k;
    }

    private static double MeanDistance(ClusterScatter scatter, int cluster) => scatter.Distances[cluster] / scatter.Layout.Weight[cluster];
}
