using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KMeansPS.Numerics;

namespace KMeansPS.Update;

/// <summary>
/// What one block of points changes in the sums of the clusters: for each cluster d sums, then the weight, then the
/// count. Counts are whole numbers and exact in double.
/// </summary>
internal sealed class BlockMoves<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Up to here a loop over vectors is not worth while.
    private const int FewDimensions = 4;

    // Some clusters together have at least so many sums: a stretch that is worth to be added, or left out, as a whole.
    private const int MinSumsOfGroup = 32;

    private readonly PointSet<T> _points;
    private readonly double[] _sums;
    private readonly bool[] _isTouched;
    private readonly int _clustersOfGroupLog;

    internal BlockMoves(PointSet<T> points, int k)
    {
        _points = points;
        _sums = new double[k * (points.Dimension + 2)];
        while ((points.Dimension + 2) << _clustersOfGroupLog < MinSumsOfGroup)
        {
            _clustersOfGroupLog++;
        }

        SumsOfGroup = (points.Dimension + 2) << _clustersOfGroupLog;
        _isTouched = new bool[(_sums.Length + SumsOfGroup - 1) / SumsOfGroup];
    }

    /// <summary>The changes, cluster by cluster.</summary>
    internal ReadOnlySpan<double> Sums => _sums;

    /// <summary>How many of the sums belong to one group of clusters: the last group may have fewer.</summary>
    internal int SumsOfGroup { get; }

    /// <summary>How many groups of clusters there are.</summary>
    internal int GroupCount => _isTouched.Length;

    /// <summary>How many points were taken from one cluster to another, each counted where several lie at one place.</summary>
    internal long Count { get; private set; }

    internal void Clear()
    {
        for (int group = 0; group < _isTouched.Length; group++)
        {
            if (_isTouched[group])
            {
                _sums.AsSpan(GroupRange(group)).Clear();
                _isTouched[group] = false;
            }
        }

        Count = 0;
    }

    /// <summary>Adds the changes of one group of clusters to the sums of all. What is not touched costs nothing.</summary>
    internal void AddTo(Span<double> total, int group)
    {
        if (_isTouched[group])
        {
            VectorSum.AddTo(total[GroupRange(group)], _sums.AsSpan(GroupRange(group)));
        }
    }

    /// <summary>Takes a point out of one cluster, unless that is -1, and adds it to another.</summary>
    internal void Note(int point, int before, int after)
    {
        double weight = _points.IsWeighted ? _points.Weights[point] : 1;
        Count += _points.WeightsAreCounts ? (long)weight : 1;
        var values = _points.Values.Slice(point * _points.Dimension, _points.Dimension);
        if (before >= 0)
        {
            _isTouched[before >> _clustersOfGroupLog] = true;
            Add(_sums, values, weight, before, -1);
        }

        _isTouched[after >> _clustersOfGroupLog] = true;
        Add(_sums, values, weight, after, 1);
    }

    /// <summary>Whether it is faster to add all points of a block afterwards than each when its cluster is found.</summary>
    internal static bool AddsAllFast(PointSet<T> points) => points.Dimension <= FewDimensions;

    /// <summary>Adds consecutive points to their clusters, in their order.</summary>
    internal void AddAll(int start, int length, int[] clusters)
    {
        Array.Fill(_isTouched, true);
        int d = _points.Dimension;
        var values = _points.Values.Slice(start * d, length * d);
        var weights = _points.IsWeighted ? _points.Weights.Slice(start, length) : default;
        if (d <= FewDimensions)
        {
            AddFew(values, weights, clusters.AsSpan(start, length));
            return;
        }

        for (int i = 0; i < length; i++)
        {
            Add(_sums, values.Slice(i * d, d), weights.IsEmpty ? 1 : weights[i], clusters[start + i], 1);
        }
    }

    /// <summary>Adds a point to the sums of a cluster (sign 1), or takes it out (-1).</summary>
    internal static void Add(Span<double> sums, PointSet<T> points, int point, int cluster, int sign) =>
        Add(sums, points.Values.Slice(point * points.Dimension, points.Dimension), points.IsWeighted ? points.Weights[point] : 1, cluster, sign);

    private Range GroupRange(int group) => (group * SumsOfGroup)..Math.Min((group + 1) * SumsOfGroup, _sums.Length);

    private static void Add(Span<double> sums, ReadOnlySpan<T> point, double weight, int cluster, int sign)
    {
        int d = point.Length;
        var row = sums.Slice(cluster * (d + 2), d + 2);
        double factor = sign * weight;
        if (d <= FewDimensions)
        {
            VectorSum.AddFew(ref MemoryMarshal.GetReference(row), ref MemoryMarshal.GetReference(point), d, factor, sign);
            return;
        }

        VectorSum.AddTo(row[..d], point, factor);
        row[d] += factor;
        row[d + 1] += sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFew(ReadOnlySpan<T> values, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters)
    {
        int d = _points.Dimension;
        var sums = _sums.AsSpan();
        for (int i = 0; i < clusters.Length; i++)
        {
            var row = sums.Slice(clusters[i] * (d + 2), d + 2);
            VectorSum.AddFew(ref MemoryMarshal.GetReference(row), ref MemoryMarshal.GetReference(values.Slice(i * d, d)), d, weights.IsEmpty ? 1 : weights[i], 1);
        }
    }
}
