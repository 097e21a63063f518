using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Assignment;

/// <summary>
/// How far the centroids near a box moved in a round. In late rounds most stand still, and few boxes are near those that
/// do not.
/// </summary>
internal sealed class LocalDrift<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Where more of the centroids than this moved, hardly a box is far from them all, and to look would be in vain.
    private const double MostMoved = 0.5;

    // The centroids that moved, those first that moved farthest: by how much, and where they are now.
    private readonly double[] _moves;
    private readonly T[] _places;

    /// <param name="from">K x d values before the round.</param>
    /// <param name="to">K x d values after it.</param>
    /// <param name="dimension">d.</param>
    internal LocalDrift(T[] from, T[] to, int dimension)
    {
        var moves = CentroidMoves.Between(from, to, dimension);
        OfAll = Math.BitIncrement(moves.Longest + moves.Second);
        IsKnown = moves.Count <= MostMoved * to.Length / dimension;
        int[] moved = IsKnown ? moves.LongestFirst() : [];
        _moves = Array.ConvertAll(moved, cluster => moves[cluster]);
        _places = new T[moved.Length * dimension];
        for (int i = 0; i < moved.Length; i++)
        {
            to.AsSpan(moved[i] * dimension, dimension).CopyTo(_places.AsSpan(i * dimension));
        }

        Panels = new CentroidPanels<T>(_places, dimension);
    }

    /// <summary>By how much any two centroids can have moved in all, rounded upwards.</summary>
    internal double OfAll { get; }

    /// <summary>Whether it is worth while to look which of them are near.</summary>
    internal bool IsKnown { get; }

    internal int Count => _moves.Length;

    internal CentroidPanels<T> Panels { get; }

    internal double Move(int number) => _moves[number];

    internal ReadOnlySpan<T> Place(int number) => _places.AsSpan(number * Panels.Dimension, Panels.Dimension);
}
