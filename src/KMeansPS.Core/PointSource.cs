namespace KMeansPS;

/// <summary>
/// Points that are read batch by batch, as often as they are needed, and never held all at once: what parameters and
/// scripts name; the reading is in <see cref="PointSource{T}"/>. It is one object and not a collection, so that a
/// pipeline passes it whole.
/// </summary>
public abstract class PointSource
{
    private protected PointSource(string name, int dimension)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Name = name;
        Dimension = dimension;
    }

    /// <summary>Where the points come from: the path of a file, mostly.</summary>
    public string Name { get; }

    /// <summary>How many points there are, those included that are left out for a fault; null where that is not known before all have been read.</summary>
    public abstract long? Count { get; }

    /// <summary>How many values a point has (d), at least 1.</summary>
    public int Dimension { get; }

    /// <summary>The names of the d columns; empty where they have none.</summary>
    public IReadOnlyList<string> ColumnName { get; init; } = [];

    /// <summary>The type of the values: <see cref="float"/> or <see cref="double"/>.</summary>
    public abstract Type ElementType { get; }

    /// <summary>The points of a set as a stream, without a copy of them.</summary>
    /// <param name="points">n x d points.</param>
    public static PointSource Of(PointSet points) => points switch
    {
        PointSet<float> single => new PointSetSource<float>(single),
        PointSet<double> full => new PointSetSource<double>(full),
        _ => throw new ArgumentNullException(nameof(points)),
    };

    /// <summary>Reads all points once, in batches of about a million values, for callers that do not know their precision.</summary>
    /// <param name="onFault">Told, in one sentence, of every point that is left out because it cannot be read; null makes the first such point an error.</param>
    /// <param name="cancellationToken">Looked at for each megabyte or less.</param>
    /// <returns>The batches. One is good until the next is asked for, which may take its memory.</returns>
    public abstract IEnumerable<PointSet> ReadAll(Action<string>? onFault = null, CancellationToken cancellationToken = default);

    /// <summary>A short description, such as <c>300 points of 2 dimensions, streamed</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{(Count is { } count ? count : "an unknown number of")} point{(Count == 1 ? "" : "s")} of {Dimension} dimension{(Dimension == 1 ? "" : "s")}, streamed");
}
