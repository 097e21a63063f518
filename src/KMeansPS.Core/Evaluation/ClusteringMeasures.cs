namespace KMeansPS.Evaluation;

/// <summary>All measures of a clustering at once.</summary>
public static class ClusteringMeasures
{
    /// <summary>Measures clusters of which only the points are known: the inertia is about their means.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="clusters">n cluster numbers, 0 or more; not all need be in use.</param>
    /// <param name="options">How the silhouette is measured.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <exception cref="ArgumentException">There is not one cluster number for each point, or one is negative.</exception>
    public static KMeansMeasure Of(PointSet points, int[] clusters, SilhouetteOptions? options = null, ParallelOptions? parallel = null)
    {
        parallel ??= new ParallelOptions();
        var layout = ClusterLayout.Of(points, clusters, parallel.CancellationToken);
        var scatter = ClusterScatter.Of(points, layout, parallel);
        var silhouette = Silhouette.Of(points, layout, options ?? new SilhouetteOptions(), parallel);
        return new KMeansMeasure
        {
            K = layout.K,
            Inertia = scatter.Squares.Sum(),
            Silhouette = silhouette?.Mean,
            SilhouetteError = silhouette?.StandardError,
            SilhouetteSample = silhouette?.Value.Count ?? 0,
            CalinskiHarabasz = CalinskiHarabasz.Of(scatter),
            DaviesBouldin = DaviesBouldin.Of(scatter, parallel),
            Size = layout.Size,
        };
    }

    /// <summary>Measures an assignment of points to centroids: the inertia is about these, and all is measured as they are scaled.</summary>
    /// <param name="points">n x d points, scaled or not.</param>
    /// <param name="assignment">The nearest centroids of these points.</param>
    /// <param name="options">How the silhouette is measured.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static KMeansMeasure Of(PointSet points, KMeansAssignment assignment, SilhouetteOptions? options = null, ParallelOptions? parallel = null)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        ArgumentNullException.ThrowIfNull(points);
        var measure = Of(points.ScaledAs(assignment.ScaledCentroids.Scaling, parallel), assignment.Cluster, options, parallel);
        return measure with { Inertia = InertiaOf(points, assignment) };
    }

    /// <summary>Measures what a run found: the inertia is that of its model, and all is measured as its points were scaled.</summary>
    /// <param name="points">The n x d points of the run, scaled or not.</param>
    /// <param name="result">The run.</param>
    /// <param name="options">How the silhouette is measured.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    public static KMeansMeasure Of(PointSet points, KMeansResult result, SilhouetteOptions? options = null, ParallelOptions? parallel = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(points);
        var measure = Of(points.ScaledAs(result.Model.Scaling, parallel), result.Cluster, options, parallel);
        return measure with { Inertia = result.Model.Inertia, Seed = result.Model.Seed };
    }

    // The distances are there already, rounded once.
    private static double InertiaOf(PointSet points, KMeansAssignment assignment)
    {
        double sum = 0;
        for (int i = 0; i < assignment.Count; i++)
        {
            double square = assignment.Distance[i] * assignment.Distance[i];
            sum += points.IsWeighted ? points.Weights[i] * square : square;
        }

        return sum;
    }
}
