using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Update;

/// <summary>
/// The weighted sums, weights and counts of the points of each cluster, from which the means are made. After the first
/// round only the points that moved are added and subtracted. Each block of points has changes of its own, which are
/// added in the order of the blocks, in double.
/// </summary>
internal sealed class ClusterSums<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Fewer additions than this are not worth to be shared.
    private const int MinAdditionsOfPart = 1 << 15;

    private readonly PointSet<T> _points;
    private readonly Blocks _blocks;
    private readonly int _k;
    private readonly int _dimension;
    private readonly int _stride;
    private readonly double[] _total;
    private readonly BlockMoves<T>[] _ofBlock;

    // The greatest weight of each cluster since all its points were last summed.
    private readonly double[] _peak;

    internal ClusterSums(PointSet<T> points, Blocks blocks, int k)
    {
        _points = points;
        _blocks = blocks;
        _k = k;
        _dimension = points.Dimension;
        _stride = _dimension + 2;
        _total = new double[k * _stride];
        _ofBlock = new BlockMoves<T>[blocks.Count];
        _peak = new double[k];
    }

    /// <summary>
    /// Whether a cluster has lost so much of its weight that what rounding has left behind may count: then the sums
    /// are to be made again before means are taken of them.
    /// </summary>
    internal bool AreWorn { get; private set; }

    /// <summary>The changes of one block, empty. Different blocks may be noted at the same time.</summary>
    internal BlockMoves<T> Begin(int block)
    {
        var moves = _ofBlock[block] ??= new BlockMoves<T>(_points, _k);
        moves.Clear();
        return moves;
    }

    /// <summary>Adds what the blocks have noted to the whole, in the order of the blocks: some clusters at a time.</summary>
    /// <returns>How many points moved from one cluster to another.</returns>
    internal long Merge(ParallelOptions parallel)
    {
        var any = _ofBlock[0];
        var parts = new Blocks(any.GroupCount, Math.Max(1, MinAdditionsOfPart / (any.SumsOfGroup * _ofBlock.Length)));
        parts.ForEach(parallel, part =>
        {
            for (int group = parts.Start(part); group < parts.Start(part) + parts.Length(part); group++)
            {
                foreach (var moves in _ofBlock)
                {
                    moves.AddTo(_total, group);
                }
            }
        });
        long moved = 0;
        foreach (var moves in _ofBlock)
        {
            moved += moves.Count;
        }

        for (int cluster = 0; cluster < _k; cluster++)
        {
            NoteWear(cluster);
        }

        return moved;
    }

    /// <summary>Forgets the sums and makes them again from all points in their own order, free of what rounding has left behind.</summary>
    internal void Recompute(int[] clusters, ParallelOptions parallel)
    {
        Array.Clear(_total);
        Array.Clear(_peak);
        AreWorn = false;
        _blocks.ForEach(parallel, block => Begin(block).AddAll(_blocks.Start(block), _blocks.Length(block), clusters));
        Merge(parallel);
    }

    /// <summary>Moves one point at once, outside the rounds.</summary>
    internal void MoveOne(int point, int before, int after)
    {
        BlockMoves<T>.Add(_total, _points, point, before, -1);
        BlockMoves<T>.Add(_total, _points, point, after, 1);
        NoteWear(before);
        NoteWear(after);
    }

    internal long CountOf(int cluster) => (long)_total[(cluster * _stride) + _dimension + 1];

    internal long[] Counts() => [.. Enumerable.Range(0, _k).Select(CountOf)];

    /// <summary>The mean of each cluster; one without points has the centroid that is given.</summary>
    internal T[] Means(ReadOnlySpan<T> former)
    {
        var means = former.ToArray();
        for (int cluster = 0; cluster < _k; cluster++)
        {
            if (CountOf(cluster) == 0)
            {
                continue;
            }

            int at = cluster * _stride;
            VectorSum.Divide(_total.AsSpan(at, _dimension), _total[at + _dimension], means.AsSpan(cluster * _dimension, _dimension));
        }

        return means;
    }

    // A millionth of the peak leaves ten of the sixteen digits of a double. A cluster without points keeps nothing.
    private void NoteWear(int cluster)
    {
        if (CountOf(cluster) == 0)
        {
            _total.AsSpan(cluster * _stride, _stride).Clear();
            _peak[cluster] = 0;
        }

        double weight = _total[(cluster * _stride) + _dimension];
        _peak[cluster] = Math.Max(_peak[cluster], weight);
        AreWorn |= weight < _peak[cluster] * 1e-6;
    }
}
