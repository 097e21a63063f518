using System.Numerics;

namespace KMeansPS.MiniBatch;

/// <summary>Reads a stream from start to end, as often as it is asked to. Only the first reading tells of faults.</summary>
/// <param name="points">The stream.</param>
/// <param name="batchSize">Points a batch.</param>
/// <param name="options">How often it is read at the most, and who is told of faults.</param>
/// <param name="cancellationToken">Looked at before each batch.</param>
/// <param name="progress">Told after each batch.</param>
internal sealed class StreamPasses<T>(
    PointSource<T> points, int batchSize, MiniBatchOptions options, CancellationToken cancellationToken, IProgress<MiniBatchProgress>? progress)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int _pass;
    private long? _count = points.Count;

    /// <summary>How points that carry no scaling are scaled; null where they are taken as they are.</summary>
    internal ColumnScaling? Scaling { get; set; }

    internal void Run(Action<PointSet<T>> work)
    {
        _pass++;
        long read = 0;
        foreach (var batch in points.Read(batchSize, _pass == 1 ? options.OnFault : static _ => { }, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            work(batch.Under(batch.Scaling ?? Scaling));
            read += batch.Count;
            progress?.Report(new MiniBatchProgress(_pass, options.Passes, read, _count));
        }

        _count = read;
    }
}
