using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Assignment;

/// <summary>The centroids that moved in a round and are or were near a box, and room to find them.</summary>
/// <param name="kernel">The kernel that measures.</param>
/// <param name="k">K.</param>
/// <param name="dimension">d.</param>
internal sealed class NearMoves<T>(TileKernel<T> kernel, int k, int dimension)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _squares = new T[k + CentroidPanels<T>.Width];
    private readonly T[] _places = new T[k * dimension];
    private readonly double[] _moves = new double[k];
    private readonly CentroidPanels<T> _panels = new([], dimension);
    private readonly double _slack = 1 + Precision.RoundingOfGap<T>(dimension);
    private int _count;

    /// <summary>Finds those near a box, and by how much any two of them can have moved in all, rounded upwards.</summary>
    /// <param name="drift">All that moved.</param>
    /// <param name="box">The least values, then the greatest: 2 x d.</param>
    /// <param name="reach">The distance of the box up to which a centroid is near.</param>
    internal double Find(LocalDrift<T> drift, ReadOnlySpan<T> box, double reach)
    {
        kernel.SquaresToBox(box, drift.Panels, _squares);
        _count = 0;
        for (int i = 0; i < drift.Count; i++)
        {
            if (IsNear(i, drift.Move(i), reach))
            {
                drift.Place(i).CopyTo(_places.AsSpan(_count * dimension));
                _moves[_count++] = drift.Move(i);
            }
        }

        _panels.Fill(_places.AsSpan(0, _count * dimension));
        return _count == 0 ? 0 : _count == 1 ? _moves[0] : Math.BitIncrement(_moves[0] + _moves[1]);
    }

    /// <summary>By how much any two of those that were found near a larger box, and are or were near this one, can have moved in all.</summary>
    /// <param name="box">The least values, then the greatest: 2 x d.</param>
    /// <param name="reach">The distance of the box up to which a centroid is near.</param>
    internal double Of(ReadOnlySpan<T> box, double reach)
    {
        kernel.SquaresToBox(box, _panels, _squares);
        double longest = 0;
        for (int i = 0; i < _count; i++)
        {
            if (IsNear(i, _moves[i], reach))
            {
                if (longest > 0)
                {
                    return Math.BitIncrement(longest + _moves[i]);
                }

                longest = _moves[i];
            }
        }

        return longest;
    }

    // From where it was it cannot have come farther than its move.
    private bool IsNear(int number, double move, double reach)
    {
        double limit = (reach + move) * _slack;
        return Precision.ToDouble(_squares[number]) <= limit * limit;
    }
}
