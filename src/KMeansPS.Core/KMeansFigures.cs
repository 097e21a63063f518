namespace KMeansPS;

/// <summary>The figures of a run, beside its centroids.</summary>
internal sealed record KMeansFigures(
    long[] Counts, double[] ClusterInertia, int RequestedK, int Iterations, bool Converged, long? Seed, SeedingMethod? Method, IReadOnlyList<KMeansStep> Trace)
{
    /// <summary>Whether counts and inertia are estimates from a sample.</summary>
    internal bool IsEstimate { get; init; }
}
