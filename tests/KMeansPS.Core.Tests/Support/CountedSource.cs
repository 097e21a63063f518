using System.Numerics;

namespace KMeansPS.Tests.Support;

/// <summary>A source that counts how often it is read, takes back its batches, and tells of one fault in each pass.</summary>
internal sealed class CountedSource<T>(PointSet<T> points, string? fault = null) : PointSource<T>("counted", points.Dimension)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal int Passes { get; private set; }

    internal int LargestBatch { get; private set; }

    public override long? Count => null;

    public override IEnumerable<PointSet<T>> Read(int batchSize, Action<string>? onFault, CancellationToken cancellationToken)
    {
        Passes++;
        if (fault is not null)
        {
            (onFault ?? throw new InvalidDataException(fault))(fault);
        }

        foreach (var batch in new PointSetSource<T>(points).Read(batchSize, onFault, cancellationToken))
        {
            LargestBatch = Math.Max(LargestBatch, batch.Count);
            var values = batch.Values.ToArray();
            yield return new PointSet<T>(values, points.Dimension, batch.IsWeighted ? batch.Weights.ToArray() : null);
            Array.Fill(values, T.NaN); // whoever still looks at the batch is found out
        }
    }
}
