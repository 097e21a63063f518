namespace KMeansPS.Evaluation;

/// <summary>How a silhouette is measured.</summary>
public sealed record SilhouetteOptions
{
    /// <summary>
    /// Of how many points the silhouette is computed, each against all others, at least 2; all of them where there are
    /// no more. By default all up to <see cref="Silhouette.ExactLimit"/>, and <see cref="Silhouette.DefaultSampleSize"/>
    /// of more.
    /// </summary>
    public int? SampleSize { get; init; }

    /// <summary>The seed by which the sample is drawn.</summary>
    public long Seed { get; init; }

    internal int SampleOf(int count) => Math.Min(count, SampleSize ?? (count <= Silhouette.ExactLimit ? count : Silhouette.DefaultSampleSize));

    internal void Validate()
    {
        if (SampleSize < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(SampleSize), SampleSize, "A sample has 2 points or more.");
        }
    }
}
