using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// Which tiles some candidates can change: those whose box is nearer to a candidate than one of the tile's points is to
/// its nearest chosen centroid, with a margin of more than the rounding of both distances.
/// </summary>
/// <param name="nearest">The distances so far.</param>
/// <param name="candidates">The candidates.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class Reach<T>(NearestChosen<T> nearest, CentroidPanels<T> candidates, TileKernel<T> kernel)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _margin = T.One - T.CreateTruncating(8 * (candidates.Dimension + 4) * Precision.UnitInLastPlace<T>());
    private readonly T[] _squares = new T[candidates.PaddedCount];
    private bool _knowsSquares;

    /// <summary>Whether any of the candidates can change the tile. Asked first, before each candidate is asked about.</summary>
    internal bool Holds(int tile)
    {
        _knowsSquares = nearest.Boxes is not null;
        if (!_knowsSquares)
        {
            return true;
        }

        kernel.SquaresToBox(nearest.Boxes![tile], candidates, _squares);
        T largest = nearest.LargestOfTile(tile);
        foreach (T square in _squares)
        {
            if (square * _margin < largest)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one candidate can change the tile.</summary>
    internal bool Holds(int tile, int candidate) => !_knowsSquares || _squares[candidate] * _margin < nearest.LargestOfTile(tile);
}
