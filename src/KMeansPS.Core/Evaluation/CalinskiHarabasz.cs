namespace KMeansPS.Evaluation;

/// <summary>
/// The variance ratio criterion (T. Caliński and J. Harabasz, 1974, "A dendrite method for cluster analysis"):
/// (B / (K - 1)) / (W / (n - K)), where W is the sum of the squared distances of the points to the means of their
/// clusters and B that of the means to the mean of all points, each as often as its cluster has points. The higher the
/// better. A weight counts as so many points at one place.
/// </summary>
public static class CalinskiHarabasz
{
    /// <summary>The index of a clustering.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="clusters">n cluster numbers, 0 or more.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <returns>
    /// 0 or more, infinite where every cluster is one place; null where it is not defined: with one cluster, as many as
    /// points, or where all points are one place.
    /// </returns>
    public static double? Measure(PointSet points, int[] clusters, ParallelOptions? parallel = null)
    {
        parallel ??= new ParallelOptions();
        var layout = ClusterLayout.Of(points, clusters, parallel.CancellationToken);
        return Of(ClusterScatter.Of(points, layout, parallel));
    }

    internal static double? Of(ClusterScatter scatter)
    {
        int k = scatter.Layout.K;
        double n = scatter.Layout.Weight.Sum();
        if (k == 1 || k >= n)
        {
            return null;
        }

        double between = Between(scatter, n);
        double within = scatter.Squares.Sum();
        return between == 0 && within == 0 ? null : between / (k - 1) / (within / (n - k));
    }

    private static double Between(ClusterScatter scatter, double n)
    {
        var centre = new double[scatter.Dimension];
        for (int cluster = 0; cluster < scatter.Layout.K; cluster++)
        {
            var mean = scatter.MeanOf(cluster);
            for (int j = 0; j < centre.Length; j++)
            {
                centre[j] += scatter.Layout.Weight[cluster] / n * mean[j];
            }
        }

        double sum = 0;
        for (int cluster = 0; cluster < scatter.Layout.K; cluster++)
        {
            sum += scatter.Layout.Weight[cluster] * ClusterScatter.SquaredDistance(scatter.MeanOf(cluster), centre);
        }

        return sum;
    }
}
