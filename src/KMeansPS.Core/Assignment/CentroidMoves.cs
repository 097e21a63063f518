using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Assignment;

/// <summary>How far the centroids moved from one round to the next, rounded upwards.</summary>
internal sealed class CentroidMoves
{
    private readonly double[] _move;
    private readonly int _farthest;

    private CentroidMoves(double[] move)
    {
        _move = move;
        _farthest = Array.IndexOf(move, move.Max());
        for (int cluster = 0; cluster < move.Length; cluster++)
        {
            Second = cluster != _farthest ? Math.Max(Second, move[cluster]) : Second;
        }
    }

    /// <summary>The longest move.</summary>
    internal double Longest => _move[_farthest];

    /// <summary>The longest but one; 0 where there is no other.</summary>
    internal double Second { get; }

    /// <param name="from">K x d values.</param>
    /// <param name="to">K x d values.</param>
    /// <param name="dimension">d.</param>
    internal static CentroidMoves Between<T>(T[] from, T[] to, int dimension)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var move = new double[from.Length / dimension];
        for (int cluster = 0; cluster < move.Length; cluster++)
        {
            var (square, areEqual) = VectorSum.Difference<T>(from.AsSpan(cluster * dimension, dimension), to.AsSpan(cluster * dimension, dimension));
            square += areEqual ? 0 : dimension * double.Epsilon; // what vanished of the squares
            move[cluster] = Math.Sqrt(square) * (1 + (4 * (dimension + 4) * Precision.UnitInLastPlace<double>()));
        }

        return new CentroidMoves(move);
    }

    internal double this[int cluster] => _move[cluster];

    /// <summary>How many centroids moved.</summary>
    internal int Count => _move.Count(move => move > 0);

    /// <summary>The centroids that moved, those first that moved farthest.</summary>
    internal int[] LongestFirst()
    {
        var moved = new int[_move.Length];
        var negative = new double[_move.Length];
        int count = 0;
        for (int cluster = 0; cluster < _move.Length; cluster++)
        {
            if (_move[cluster] > 0)
            {
                (moved[count], negative[count]) = (cluster, -_move[cluster]);
                count++;
            }
        }

        Array.Sort(negative, moved, 0, count);
        return moved[..count];
    }

    /// <summary>By how much a centroid can have come nearer to any other than this one, and this one gone away.</summary>
    internal double OfAndAgainst(int cluster) => _move[cluster] + (cluster == _farthest ? Second : Longest);
}
