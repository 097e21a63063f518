namespace KMeansPS;

/// <summary>
/// What a run found: K centroids and what is known of them. The inertia and the counts belong to these very centroids.
/// Where the run scaled its points, centroids are in the user's units, and inertia is in the scaled units, in which it
/// was minimised.
/// </summary>
public abstract class KMeansModel
{
    private protected KMeansModel(PointSet centroids, KMeansFigures figures)
    {
        ScaledCentroids = centroids;
        Centroids = centroids.ScaledAs(null);
        Counts = figures.Counts;
        ClusterInertia = figures.ClusterInertia;
        Inertia = figures.ClusterInertia.Sum();
        RequestedK = figures.RequestedK;
        Iterations = figures.Iterations;
        Converged = figures.Converged;
        Seed = figures.Seed;
        Method = figures.Method;
        Trace = figures.Trace;
        IsEstimate = figures.IsEstimate;
    }

    /// <summary>The K x d centroids, in the precision of the points and in the user's units.</summary>
    public PointSet Centroids { get; }

    /// <summary>The K x d centroids as distances were measured to them: scaled as the points were, else the same as <see cref="Centroids"/>.</summary>
    public PointSet ScaledCentroids { get; }

    /// <summary>How the points were scaled; null where they were taken as they are.</summary>
    public ColumnScaling? Scaling => ScaledCentroids.Scaling;

    /// <summary>How many clusters there are.</summary>
    public int K => Counts.Length;

    /// <summary>How many clusters were asked for: more than <see cref="K"/> where there were fewer distinct points.</summary>
    public int RequestedK { get; }

    /// <summary>How many values a point has (d).</summary>
    public int Dimension => Centroids.Dimension;

    /// <summary>The names of the d columns; empty where they have none.</summary>
    public IReadOnlyList<string> ColumnName => Centroids.ColumnName;

    /// <summary>How many points belong to each cluster.</summary>
    public long[] Counts { get; }

    /// <summary>The sum of the weighted squared distances of each cluster's points to its centroid, in scaled units.</summary>
    public double[] ClusterInertia { get; }

    /// <summary>The sum of the weighted squared distances of all points to their nearest centroids, in scaled units.</summary>
    public double Inertia { get; }

    /// <summary>Whether the counts and the inertia are estimates from a sample, since a stream was read only once.</summary>
    public bool IsEstimate { get; }

    /// <summary>How many rounds of assignment and update were done.</summary>
    public int Iterations { get; }

    /// <summary>Whether the run ended by the rule of convergence and not by its limit of iterations.</summary>
    public bool Converged { get; }

    /// <summary>The seed of the random choices; null where the initial centroids were given.</summary>
    public long? Seed { get; }

    /// <summary>How the initial centroids were chosen; null where they were given.</summary>
    public SeedingMethod? Method { get; }

    /// <summary>Every step of the run, the initial centroids first; empty unless it was asked for.</summary>
    public IReadOnlyList<KMeansStep> Trace { get; }

    /// <summary>The centroids one by one, with their counts.</summary>
    public KMeansCentroid[] GetCentroids() =>
        [.. Counts.Select((count, cluster) => new KMeansCentroid(cluster, Centroids.GetPoint(cluster), count))];

    /// <summary>A short description, such as <c>3 clusters, inertia 78.85</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{K} cluster{(K == 1 ? "" : "s")} of {Dimension} dimension{(Dimension == 1 ? "" : "s")}, inertia {Inertia:G6}");
}
