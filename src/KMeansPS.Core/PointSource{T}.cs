using System.Numerics;

namespace KMeansPS;

/// <summary>Points of one precision that are read batch by batch, as often as they are needed.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class PointSource<T> : PointSource
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Says what is known before anything is read.</summary>
    /// <param name="name">Where the points come from.</param>
    /// <param name="dimension">d, at least 1.</param>
    protected PointSource(string name, int dimension)
        : base(name, dimension)
    {
    }

    /// <inheritdoc/>
    public override Type ElementType => typeof(T);

    /// <inheritdoc/>
    public sealed override IEnumerable<PointSet> ReadAll(Action<string>? onFault = null, CancellationToken cancellationToken = default) =>
        Read(new MiniBatchOptions().BatchSizeFor(Dimension), onFault, cancellationToken);

    /// <summary>
    /// Reads all points from the start. Each batch has as many points as are asked for, the last one the rest, so that
    /// the same points come in the same batches every time.
    /// </summary>
    /// <param name="batchSize">Points a batch, at least 1.</param>
    /// <param name="onFault">
    /// Told, in one sentence, of every point that is left out because it cannot be read; null makes the first such point
    /// an error.
    /// </param>
    /// <param name="cancellationToken">Looked at for each megabyte or less.</param>
    /// <returns>The batches. One is good until the next is asked for, which may take its memory.</returns>
    public abstract IEnumerable<PointSet<T>> Read(int batchSize, Action<string>? onFault, CancellationToken cancellationToken);
}
