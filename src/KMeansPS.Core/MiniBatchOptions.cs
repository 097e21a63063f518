namespace KMeansPS;

/// <summary>How points that are read batch by batch are clustered.</summary>
public sealed record MiniBatchOptions
{
    // A batch and the sample stay within these numbers of values, 8 and 32 MB in double, as long as K allows.
    private const int ValuesOfBatch = 1 << 20;
    private const int ValuesOfSample = 1 << 22;
    private const int MostPoints = 1 << 16;
    private const int LeastPoints = 256;
    private const int SampledForEachCluster = 32;

    /// <summary>
    /// Points a batch, at least 1; null for what makes about a million values: 65,536 points of up to 16 dimensions, 1,337
    /// of 784.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// How many points are sampled to start from, at least 1; null for what makes about four million values, 65,536
    /// points at most and 32 for each cluster at least. A stream of no more points than this is clustered exactly.
    /// </summary>
    public int? SampleSize { get; init; }

    /// <summary>
    /// How often the stream is read at the most, at least 1. The first pass draws the sample and the last one measures.
    /// Of those between them the first one moves the centroids after every batch, and each of the others is an exact
    /// round of Lloyd. One pass alone gives the centroids of the sample, and an estimate of their inertia and counts.
    /// </summary>
    public int Passes { get; init; } = 4;

    /// <summary>
    /// How the columns are brought to one scale, where the points carry none; found in the first pass over all points,
    /// in which the sample is drawn. Centroids are reported in the user's units.
    /// </summary>
    public ScalingMethod Scale { get; init; }

    /// <summary>
    /// How the sample is clustered. Its seed is that of all random choices, and its tolerance ends the rounds over the
    /// stream too. There is no trace.
    /// </summary>
    public KMeansOptions Start { get; init; } = new() { Effort = KMeansEffort.Best };

    /// <summary>Told once, in one sentence, of every point that is left out because it cannot be read; null makes the first one an error.</summary>
    public Action<string>? OnFault { get; init; }

    internal int BatchSizeFor(int dimension) => BatchSize ?? Math.Clamp(ValuesOfBatch / dimension, LeastPoints, MostPoints);

    /// <summary>How many points are sampled; a stream of no more is clustered exactly.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="k">K.</param>
    public int SampleSizeFor(int dimension, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        long least = SampleSize is null ? (long)SampledForEachCluster * k : k;
        return (int)Math.Min(Math.Max(SampleSize ?? Math.Clamp(ValuesOfSample / dimension, LeastPoints, MostPoints), least), Array.MaxLength / dimension);
    }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize ?? 1, 1, nameof(BatchSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleSize ?? 1, 1, nameof(SampleSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(Passes, 1);
        ArgumentNullException.ThrowIfNull(Start);
        Start.Validate();
    }
}
