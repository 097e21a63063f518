namespace KMeansPS;

/// <summary>The clustering of streams for callers that do not know the precision of their points: it goes to <see cref="MiniBatchKMeans{T}"/>.</summary>
public static class MiniBatchKMeans
{
    /// <summary>The whole run, from centroids that are chosen in a sample.</summary>
    /// <param name="points">The points.</param>
    /// <param name="k">K, 1 to the number of points.</param>
    /// <param name="options">How the run is done.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <param name="progress">Told after each batch.</param>
    public static KMeansModel Fit(
        PointSource points, int k, MiniBatchOptions? options = null, ParallelOptions? parallel = null, IProgress<MiniBatchProgress>? progress = null) => points switch
        {
            PointSource<float> single => new MiniBatchKMeans<float>(options, parallel).Fit(single, k, progress),
            PointSource<double> full => new MiniBatchKMeans<double>(options, parallel).Fit(full, k, progress),
            _ => throw NotASource(points),
        };

    /// <summary>The whole run from given centroids.</summary>
    /// <param name="points">The points.</param>
    /// <param name="initial">K x d centroids, brought to the precision of the points.</param>
    /// <param name="options">How the run is done.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <param name="progress">Told after each batch.</param>
    public static KMeansModel Fit(
        PointSource points, PointSet initial, MiniBatchOptions? options = null, ParallelOptions? parallel = null, IProgress<MiniBatchProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(initial);
        return points switch
        {
            PointSource<float> single => new MiniBatchKMeans<float>(options, parallel).Fit(single, initial.ToPrecision<float>(), progress),
            PointSource<double> full => new MiniBatchKMeans<double>(options, parallel).Fit(full, initial.ToPrecision<double>(), progress),
            _ => throw NotASource(points),
        };
    }

    private static ArgumentException NotASource(PointSource? points) =>
        points is null ? new ArgumentNullException(nameof(points)) : new ArgumentException($"Points of {points.ElementType} cannot be clustered.", nameof(points));
}
