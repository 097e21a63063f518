namespace KMeansPS.Cli.Json;

/// <summary>What <c>cluster --json</c> prints.</summary>
internal sealed record ClusterReport
{
    public required string File { get; init; }

    public required long Points { get; init; }

    public required int Dimension { get; init; }

    public required string Precision { get; init; }

    /// <summary>How many rows were left out because they are no points.</summary>
    public required long RowsLeftOut { get; init; }

    public required int K { get; init; }

    public required int RequestedK { get; init; }

    public required double Inertia { get; init; }

    public required int Iterations { get; init; }

    public required bool Converged { get; init; }

    /// <summary>Whether counts and inertia are estimates from a sample, after a single pass over mini-batches.</summary>
    public required bool IsEstimate { get; init; }

    /// <summary>How the columns were scaled: none, minmax or zscore. Inertia is in scaled units, centroids are in those of the file.</summary>
    public required string Scale { get; init; }

    /// <summary>Null where the initial centroids were given.</summary>
    public required long? Seed { get; init; }

    /// <summary>The fit alone, its seeding included.</summary>
    public required double Seconds { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<ClusterOfReport> Clusters { get; init; }
}
