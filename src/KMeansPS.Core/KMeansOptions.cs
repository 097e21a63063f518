namespace KMeansPS;

/// <summary>How a run is done.</summary>
public sealed record KMeansOptions
{
    /// <summary>How the initial centroids are chosen, where they are not given.</summary>
    public SeedingMethod Method { get; init; } = SeedingMethod.KMeansPlusPlus;

    /// <summary>How the nearest centroids are found; of no consequence for the result.</summary>
    public KMeansAlgorithm Algorithm { get; init; }

    /// <summary>The seed of all random choices.</summary>
    public long Seed { get; init; }

    /// <summary>The most rounds of assignment and update in one run, at least 1.</summary>
    public int MaxIterations { get; init; } = 300;

    /// <summary>
    /// A run has converged when the sum of the squared moves of the centroids is at most this times the mean of the
    /// variances of the columns (the rule of scikit-learn); 0 asks for the fixed point, at which no assignment changes.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>How many runs are done from different initial centroids; the one of lowest inertia is kept.</summary>
    public int Restarts { get; init; } = 1;

    /// <summary>How much is done to find a good optimum.</summary>
    public KMeansEffort Effort { get; init; } = KMeansEffort.Balanced;

    /// <summary>
    /// Whether centroids are carried beyond the means of their points, the way that these went last. Where a run creeps to
    /// its end this takes far fewer rounds. It ends in another optimum than plain rounds do, about as good, and at the means.
    /// </summary>
    public bool Momentum { get; init; }

    /// <summary>
    /// Whether the points stand for finer ones, to which the centroids will be brought next: the best effort then does
    /// without the moves of single points, whose gains would not last, and crosses many optima of groups of neighbours
    /// where it finds few clusters in few dimensions.
    /// </summary>
    public bool ForFinerPoints { get; init; }

    /// <summary>Whether every step is kept: its centroids, its inertia, how far the centroids moved.</summary>
    public bool Trace { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIterations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Restarts, 1);
        if (!(Tolerance >= 0 && double.IsFinite(Tolerance)))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "A tolerance is a finite number, 0 or more.");
        }
    }
}
