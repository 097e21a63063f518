using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.MiniBatch;

/// <summary>
/// A sample of a stream of unknown length in which every point is as likely as any other, drawn in one pass
/// (A. G. Waterman's algorithm R, in J. S. Vitter, 1985, "Random sampling with a reservoir"). As long as all points fit
/// it has all of them, in their order.
/// </summary>
/// <param name="dimension">d.</param>
/// <param name="capacity">How many points it takes at the most.</param>
/// <param name="random">The draws, one for each point beyond the capacity.</param>
internal sealed class StreamSample<T>(int dimension, int capacity, Xoshiro256 random)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _values = [];
    private double[]? _weights;
    private ColumnScaling? _scaling;

    /// <summary>How many points have come.</summary>
    internal long Seen { get; private set; }

    /// <summary>The sum of their weights.</summary>
    internal double Weight { get; private set; }

    /// <summary>How many points are in the sample.</summary>
    internal int Count => (int)Math.Min(Seen, capacity);

    /// <summary>Whether every point that has come is in the sample.</summary>
    internal bool HasAll => Seen <= capacity;

    internal void Add(PointSet<T> batch)
    {
        _scaling = batch.Scaling;
        Reserve((int)Math.Min(Seen + batch.Count, capacity), batch.IsWeighted);
        double weight = 0;
        for (int i = 0; i < batch.Count; i++, Seen++)
        {
            long place = Seen < capacity ? Seen : random.NextInt64(Seen + 1);
            if (place < capacity)
            {
                batch[i].CopyTo(_values.AsSpan((int)place * dimension));
                if (_weights is not null)
                {
                    _weights[place] = batch.IsWeighted ? batch.Weights[i] : 1;
                }
            }

            weight += batch.IsWeighted ? batch.Weights[i] : 1;
        }

        Weight += weight;
    }

    /// <summary>
    /// Brings the points into a random order (R. Durstenfeld, 1964, "Algorithm 235"). Only after that are the points at
    /// some of the places a sample too: early points stay where they are until they are replaced.
    /// </summary>
    internal void Shuffle()
    {
        Span<T> kept = new T[dimension];
        for (int last = Count - 1; last > 0; last--)
        {
            int other = random.NextInt32(last + 1);
            var a = _values.AsSpan(last * dimension, dimension);
            var b = _values.AsSpan(other * dimension, dimension);
            a.CopyTo(kept);
            b.CopyTo(a);
            kept.CopyTo(b);
            if (_weights is not null)
            {
                (_weights[last], _weights[other]) = (_weights[other], _weights[last]);
            }
        }
    }

    /// <summary>The points at consecutive places of the sample.</summary>
    internal PointSet<T> Points(int start, int count, IReadOnlyList<string> columnName) =>
        new(_values.AsMemory(start * dimension, count * dimension), dimension, _weights?[start..(start + count)]) { ColumnName = columnName, Scaling = _scaling };

    private void Reserve(int count, bool weighted)
    {
        if (count * dimension > _values.Length)
        {
            // Twice the room, so that each point is copied a few times at the most, and never more than is needed in the end.
            long room = Math.Min((long)capacity * dimension, Math.Max((long)count * dimension, 2L * _values.Length));
            Array.Resize(ref _values, (int)room);
        }

        if (weighted && _weights is null)
        {
            _weights = new double[capacity];
            _weights.AsSpan(0, Count).Fill(1);
        }
    }
}
