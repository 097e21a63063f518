using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Update;

/// <summary>
/// The weighted sums, weights and counts of the points of each cluster, from which the means are made. After the first
/// time only the points that moved are added and subtracted. Each block of points has sums of its own, which are
/// added in the order of the blocks, in double.
/// </summary>
internal sealed class ClusterSums<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _points;
    private readonly Blocks _blocks;
    private readonly int _k;
    private readonly int _dimension;

    // For each cluster d sums, then the weight, then the count. Counts are whole numbers and exact in double.
    private readonly int _stride;
    private readonly double[] _total;
    private readonly double[][] _ofBlock;

    internal ClusterSums(PointSet<T> points, Blocks blocks, int k)
    {
        _points = points;
        _blocks = blocks;
        _k = k;
        _dimension = points.Dimension;
        _stride = _dimension + 2;
        _total = new double[k * _stride];
        _ofBlock = new double[blocks.Count][];
    }

    /// <summary>Notes, for one block, which points have a new cluster. Blocks may be noted at the same time.</summary>
    /// <param name="block">The block.</param>
    /// <param name="before">The clusters until now, -1 for none, one for each point of the block.</param>
    /// <param name="after">The clusters from now on.</param>
    /// <returns>How many points moved.</returns>
    internal int Move(int block, ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        var sums = _ofBlock[block] ??= new double[_total.Length];
        Array.Clear(sums);
        int start = _blocks.Start(block);
        int moved = 0;
        for (int i = 0; i < after.Length; i++)
        {
            if (before[i] == after[i])
            {
                continue;
            }

            moved++;
            if (before[i] >= 0)
            {
                Add(sums, start + i, before[i], -1);
            }

            Add(sums, start + i, after[i], 1);
        }

        return moved;
    }

    /// <summary>Adds what the blocks have noted to the whole, in the order of the blocks.</summary>
    internal void Merge()
    {
        foreach (var sums in _ofBlock)
        {
            VectorSum.AddTo(_total, sums);
        }
    }

    /// <summary>Forgets the sums and makes them again from all points, free of what rounding has left behind.</summary>
    internal void Recompute(int[] clusters, ParallelOptions parallel)
    {
        Array.Clear(_total);
        _blocks.ForEach(parallel, block =>
        {
            var labels = clusters.AsSpan(_blocks.Start(block), _blocks.Length(block));
            var none = new int[labels.Length];
            Array.Fill(none, -1);
            Move(block, none, labels);
        });
        Merge();
    }

    /// <summary>Moves one point at once, outside the rounds.</summary>
    internal void MoveOne(int point, int before, int after)
    {
        Add(_total, point, before, -1);
        Add(_total, point, after, 1);
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
            double weight = _total[at + _dimension];
            for (int j = 0; j < _dimension; j++)
            {
                means[(cluster * _dimension) + j] = T.CreateTruncating(_total[at + j] / weight);
            }
        }

        return means;
    }

    private void Add(double[] sums, int point, int cluster, int sign)
    {
        double weight = _points.IsWeighted ? sign * _points.Weights[point] : sign;
        var row = sums.AsSpan(cluster * _stride, _stride);
        VectorSum.AddTo(row[.._dimension], _points.Values.Slice(point * _dimension, _dimension), weight);
        row[_dimension] += weight;
        row[_dimension + 1] += sign;
    }
}
