using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KMeansPS.Numerics;
using KMeansPS.Seeding;

namespace KMeansPS.Refinement;

/// <summary>
/// Greedy k-means++ as <see cref="Seeding.KMeansPlusPlus{T}"/> does it, over tiles that are kept: from the same random
/// numbers and as many candidates it chooses the same places, unless two candidates are equally good but for the rounding
/// of sums. For each centroid n squared distances to each candidate.
/// </summary>
/// <param name="set">The points; their tiles are kept.</param>
/// <param name="kernel">The kernel that measures.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class TileSeeding<T>(SearchSet<T> set, TileKernel<T> kernel, CancellationToken cancellationToken)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _width = PointTile.Width<T>();
    private readonly int _tiles = set.RoomForPoints / PointTile.Width<T>();

    // Of each place its squared distance to the nearest centroid so far, 0 beyond the last point, and of each tile their sum.
    private readonly T[] _known = new T[set.RoomForPoints];
    private readonly double[] _inertia = new double[set.RoomForPoints / PointTile.Width<T>()];

    /// <summary>K x d initial centroids; fewer where there are fewer distinct points.</summary>
    /// <param name="first">The first of them, d values.</param>
    /// <param name="k">K.</param>
    /// <param name="candidates">Of how many places the best becomes the next centroid.</param>
    /// <param name="random">The draws.</param>
    internal T[] Choose(ReadOnlySpan<T> first, int k, int candidates, Xoshiro256 random)
    {
        int d = first.Length;
        var rows = new T[candidates * d];
        var squares = new T[candidates * _known.Length];
        var centroids = new T[k * d];
        first.CopyTo(centroids);
        _known.AsSpan(0, set.Points.Count).Fill(T.PositiveInfinity);
        IndexOfBest(first, squares);
        Lower(squares, 1, 0);
        for (int chosen = 1; chosen < k; chosen++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double inertia = _inertia.Sum();
            if (inertia == 0)
            {
                return centroids[..(chosen * d)]; // every point lies on a centroid
            }

            for (int candidate = 0; candidate < candidates; candidate++)
            {
                set.Points[Draw(inertia * random.NextDouble())].CopyTo(rows.AsSpan(candidate * d));
            }

            int best = IndexOfBest(rows, squares);
            Lower(squares, candidates, best);
            rows.AsSpan(best * d, d).CopyTo(centroids.AsSpan(chosen * d));
        }

        return centroids;
    }

    // The row that would lower the inertia most, of equal ones the first; and the squared distances to all, tile by tile.
    private int IndexOfBest(ReadOnlySpan<T> rows, T[] squares)
    {
        int count = rows.Length / set.Points.Dimension;
        Span<uint> nearer = stackalloc uint[count];
        var gains = new double[count * _width];
        for (int tile = 0; tile < _tiles; tile++)
        {
            var known = _known.AsSpan(tile * _width, _width);
            var ofTile = squares.AsSpan(tile * count * _width, count * _width);
            kernel.FindNearer(set.Tile(tile), rows, known, ofTile, nearer);
            for (int row = 0; row < count; row++)
            {
                if (nearer[row] != 0)
                {
                    AddGains(tile, ofTile.Slice(row * _width, _width), gains.AsSpan(row * _width, _width));
                }
            }
        }

        var sums = new double[count];
        for (int i = 0; i < gains.Length; i++)
        {
            sums[i / _width] += gains[i];
        }

        return Math.Max(0, Array.IndexOf(sums, sums.Max()));
    }

    // By how much each point of a tile comes nearer. Every lane has a sum of its own, so that none depends on the width of the vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGains(int tile, ReadOnlySpan<T> squares, Span<double> gains)
    {
        int first = tile * _width;
        var known = MemoryMarshal.Cast<T, Vector<T>>(_known.AsSpan(first, _width));
        var found = MemoryMarshal.Cast<T, Vector<T>>(squares);
        Span<T> less = stackalloc T[_width];
        var stored = MemoryMarshal.Cast<T, Vector<T>>(less);
        for (int v = 0; v < known.Length; v++)
        {
            stored[v] = Vector.Max(known[v] - found[v], Vector<T>.Zero);
        }

        if (!set.Points.IsWeighted)
        {
            VectorSum.AddTo<T>(gains, less, 1);
            return;
        }

        for (int lane = 0; lane < Math.Min(_width, set.Points.Count - first); lane++)
        {
            gains[lane] += set.Points.Weights[first + lane] * Precision.ToDouble(less[lane]);
        }
    }

    // Takes one of some rows for a centroid.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Lower(T[] squares, int count, int row)
    {
        for (int tile = 0; tile < _tiles; tile++)
        {
            var known = MemoryMarshal.Cast<T, Vector<T>>(_known.AsSpan(tile * _width, _width));
            var found = MemoryMarshal.Cast<T, Vector<T>>(squares.AsSpan(((tile * count) + row) * _width, _width));
            bool isLower = false;
            for (int v = 0; v < known.Length; v++)
            {
                isLower |= Vector.LessThanAny(found[v], known[v]);
                known[v] = Vector.Min(known[v], found[v]);
            }

            _inertia[tile] = isLower ? SumOf(tile) : _inertia[tile];
        }
    }

    private double SumOf(int tile)
    {
        int first = tile * _width;
        int count = Math.Min(_width, set.Points.Count - first);
        return VectorSum.Of<T>(_known.AsSpan(first, count), set.Points.IsWeighted ? set.Points.Weights.Slice(first, count) : default);
    }

    // The place at which the sum of the weighted squares passes the target; where rounding leads past all, the last that has one.
    private int Draw(double target)
    {
        int last = 0;
        for (int tile = 0; tile < _tiles; tile++)
        {
            if (_inertia[tile] == 0)
            {
                continue;
            }

            last = tile;
            if (target < _inertia[tile])
            {
                break;
            }

            target -= _inertia[tile];
        }

        int drawn = 0;
        int end = Math.Min((last + 1) * _width, set.Points.Count);
        for (int place = last * _width; place < end; place++)
        {
            double square = SquareOf(place);
            if (square > 0)
            {
                drawn = place;
                if (target < square)
                {
                    break;
                }

                target -= square;
            }
        }

        return drawn;
    }

    private double SquareOf(int place) => Precision.ToDouble(_known[place]) * set.WeightOf(place);
}
