using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Update;

/// <summary>
/// What one block of points changes in the sums of the clusters: for each cluster d sums, then the weight, then the
/// count. Counts are whole numbers and exact in double.
/// </summary>
internal sealed class BlockMoves<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _points;
    private readonly double[] _sums;

    internal BlockMoves(PointSet<T> points, int k)
    {
        _points = points;
        _sums = new double[k * (points.Dimension + 2)];
    }

    /// <summary>The changes, cluster by cluster.</summary>
    internal ReadOnlySpan<double> Sums => _sums;

    internal bool IsEmpty { get; private set; } = true;

    internal void Clear()
    {
        if (!IsEmpty)
        {
            Array.Clear(_sums);
            IsEmpty = true;
        }
    }

    /// <summary>Takes a point out of one cluster, unless that is -1, and adds it to another.</summary>
    internal void Note(int point, int before, int after)
    {
        IsEmpty = false;
        if (before >= 0)
        {
            Add(_sums, _points, point, before, -1);
        }

        Add(_sums, _points, point, after, 1);
    }

    /// <summary>Adds a point to the sums of a cluster (sign 1), or takes it out (-1).</summary>
    internal static void Add(Span<double> sums, PointSet<T> points, int point, int cluster, int sign)
    {
        int d = points.Dimension;
        double weight = points.IsWeighted ? sign * points.Weights[point] : sign;
        var row = sums.Slice(cluster * (d + 2), d + 2);
        VectorSum.AddTo(row[..d], points.Values.Slice(point * d, d), weight);
        row[d] += weight;
        row[d + 1] += sign;
    }
}
