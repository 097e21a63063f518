using KMeansPS.Assignment;

namespace KMeansPS;

/// <summary>The steps of k-means for callers that do not know the precision of their points: each goes to <see cref="KMeans{T}"/>.</summary>
public static class KMeans
{
    /// <summary>Chooses initial centroids among the points: K x d; fewer where there are fewer distinct points.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="k">K, 1 to n.</param>
    /// <param name="options">The seeding method and the seed.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static PointSet Seed(PointSet points, int k, KMeansOptions? options = null, ParallelOptions? parallel = null) => points switch
    {
        PointSet<float> single => new KMeans<float>(options, parallel).Seed(single, k),
        PointSet<double> full => new KMeans<double>(options, parallel).Seed(full, k),
        _ => throw NotAPointSet(points),
    };

    /// <summary>The nearest centroid of every point, and the distance to it.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="centroids">K x d centroids, brought to the precision of the points.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static KMeansAssignment Assign(PointSet points, PointSet centroids, ParallelOptions? parallel = null)
    {
        ArgumentNullException.ThrowIfNull(centroids);
        return points switch
        {
            PointSet<float> single => new KMeans<float>(null, parallel).Assign(single, centroids.ToPrecision<float>()),
            PointSet<double> full => new KMeans<double>(null, parallel).Assign(full, centroids.ToPrecision<double>()),
            _ => throw NotAPointSet(points),
        };
    }

    /// <summary>The mean of the points of each cluster; a cluster without points keeps its former centroid.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="clusters">n cluster numbers, 0 to K - 1.</param>
    /// <param name="former">K x d centroids.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static KMeansUpdate Update(PointSet points, int[] clusters, PointSet former, ParallelOptions? parallel = null)
    {
        ArgumentNullException.ThrowIfNull(former);
        return points switch
        {
            PointSet<float> single => new KMeans<float>(null, parallel).Update(single, clusters, former.ToPrecision<float>()),
            PointSet<double> full => new KMeans<double>(null, parallel).Update(full, clusters, former.ToPrecision<double>()),
            _ => throw NotAPointSet(points),
        };
    }

    /// <summary>The whole run, from centroids that the options' seeding chooses.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="k">K, 1 to n.</param>
    /// <param name="options">How the run is done.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <param name="progress">Told after each iteration.</param>
    public static KMeansResult Fit(
        PointSet points, int k, KMeansOptions? options = null, ParallelOptions? parallel = null, IProgress<KMeansProgress>? progress = null) => points switch
        {
            PointSet<float> single => new KMeans<float>(options, parallel).Fit(single, k, progress),
            PointSet<double> full => new KMeans<double>(options, parallel).Fit(full, k, progress),
            _ => throw NotAPointSet(points),
        };

    /// <summary>The whole run from given centroids.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="initial">K x d centroids, brought to the precision of the points.</param>
    /// <param name="options">How the run is done.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <param name="progress">Told after each iteration.</param>
    public static KMeansResult Fit(
        PointSet points, PointSet initial, KMeansOptions? options = null, ParallelOptions? parallel = null, IProgress<KMeansProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        return points switch
        {
            PointSet<float> single => new KMeans<float>(options, parallel).Fit(single, initial.ToPrecision<float>(), progress),
            PointSet<double> full => new KMeans<double>(options, parallel).Fit(full, initial.ToPrecision<double>(), progress),
            _ => throw NotAPointSet(points),
        };
    }

    /// <summary>Which way to find nearest centroids a run takes: what <see cref="KMeansAlgorithm.Auto"/> comes to for n, d and K.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="k">K.</param>
    /// <param name="asked">What is asked for.</param>
    public static KMeansAlgorithm AlgorithmFor(PointSet points, int k, KMeansAlgorithm asked = KMeansAlgorithm.Auto)
    {
        ArgumentNullException.ThrowIfNull(points);
        return AlgorithmChoice.For(points, k, asked);
    }

    private static ArgumentException NotAPointSet(PointSet? points) =>
        points is null ? new ArgumentNullException(nameof(points)) : new ArgumentException($"Points of {points.ElementType} cannot be clustered.", nameof(points));
}
