using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// Greedy k-means++ (D. Arthur and S. Vassilvitskii, 2007, "k-means++: the advantages of careful seeding", with the
/// greedy choice that its section 6 mentions and scikit-learn makes): each next centroid is drawn by weight times
/// squared distance to the nearest one so far; of 2 + log K such candidates the one that lowers the inertia most is
/// taken, of equal ones the first drawn. At most n x d x K x (3 + log K) multiplications; in few dimensions, tiles of
/// neighbouring points that a candidate is too far from to change are not looked at.
/// </summary>
/// <param name="index">The points in the order in which they are gone over.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class KMeansPlusPlus<T>(SpatialIndex<T> index, TileKernel<T> kernel) : ISeeding<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _width = PointTile.Width<T>();

    public int[] Choose(PointSet<T> points, int k, Xoshiro256 random, ParallelOptions parallel)
    {
        var nearest = new NearestChosen<T>(points, index);
        var candidates = new int[CandidateCount(k)];
        var chosen = new List<int>(k) { new RandomSeeding<T>().Choose(points, 1, random, parallel)[0] };
        var changed = new bool[nearest.TileCount * candidates.Length];
        Array.Fill(changed, true);
        Lower(points, nearest, chosen[0], changed, 0, parallel);
        while (chosen.Count < k && nearest.Inertia > 0) // without inertia every point lies on a centroid
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                candidates[i] = nearest.Draw(random);
            }

            int best = IndexOfBest(points, nearest, candidates, changed, parallel);
            Lower(points, nearest, candidates[best], changed, best, parallel);
            chosen.Add(candidates[best]);
        }

        return [.. chosen];
    }

    // The candidate that would lower the inertia most; and, tile by tile, which candidates would change a point at all.
    private int IndexOfBest(PointSet<T> points, NearestChosen<T> nearest, int[] candidates, bool[] changed, ParallelOptions parallel)
    {
        var rows = new T[candidates.Length * points.Dimension];
        for (int candidate = 0; candidate < candidates.Length; candidate++)
        {
            points[candidates[candidate]].CopyTo(rows.AsSpan(candidate * points.Dimension));
        }

        var panels = new CentroidPanels<T>(rows, points.Dimension);
        var ofBlock = new double[nearest.Blocks.Count][];
        nearest.Blocks.ForEach(parallel, block =>
        {
            var gains = ofBlock[block] = new double[candidates.Length];
            AddGainsOfBlock(points, nearest, rows, new Reach<T>(nearest, panels, kernel), gains, changed, block, parallel.CancellationToken);
        });
        var total = new double[candidates.Length];
        foreach (var gains in ofBlock)
        {
            VectorSum.AddTo(total, gains);
        }

        return Array.IndexOf(total, total.Max());
    }

    // By how much each candidate would lower the inertia of one block, summed in the order of the points. Few points are
    // nearer to a candidate than to all that are chosen: with r chosen about one in r.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGainsOfBlock(
        PointSet<T> points, NearestChosen<T> nearest, T[] rows, Reach<T> reach, double[] gains, bool[] changed, int block, CancellationToken cancellationToken)
    {
        int d = points.Dimension;
        var held = new int[gains.Length];
        var heldRows = new T[rows.Length];
        var squares = new T[gains.Length * _width];
        var nearer = new uint[gains.Length];
        Span<T> known = stackalloc T[_width];
        using var tiles = new TileCursor<T>(points, index.Order, nearest.Blocks.Start(block), nearest.Blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            int tile = tiles.First / _width;
            var changedHere = changed.AsSpan(tile * gains.Length, gains.Length);
            changedHere.Clear();
            if (!reach.Holds(tile))
            {
                continue;
            }

            int count = 0;
            for (int candidate = 0; candidate < gains.Length; candidate++)
            {
                if (reach.Holds(tile, candidate))
                {
                    rows.AsSpan(candidate * d, d).CopyTo(heldRows.AsSpan(count * d));
                    held[count++] = candidate;
                }
            }

            nearest.CopyTile(tiles, known);
            kernel.FindNearer(tiles.Load(), heldRows.AsSpan(0, count * d), known, squares.AsSpan(0, count * _width), nearer.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                double gain = gains[held[i]];
                for (uint left = nearer[i]; left != 0; left &= left - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(left);
                    double less = double.CreateTruncating(known[lane]) - double.CreateTruncating(squares[(i * _width) + lane]);
                    gain += points.IsWeighted ? less * points.Weights[tiles.PointAt(lane)] : less;
                }

                gains[held[i]] = gain;
                changedHere[held[i]] = nearer[i] != 0;
            }
        }
    }

    // Takes a candidate for a centroid: lowers the squared distances to it where it is nearer.
    private void Lower(PointSet<T> points, NearestChosen<T> nearest, int centroid, bool[] changed, int candidate, ParallelOptions parallel)
    {
        int candidates = changed.Length / nearest.TileCount;
        nearest.Blocks.ForEach(parallel, block =>
        {
            Span<T> known = stackalloc T[_width];
            using var tiles = new TileCursor<T>(points, index.Order, nearest.Blocks.Start(block), nearest.Blocks.Length(block), parallel.CancellationToken);
            while (tiles.MoveNext())
            {
                if (changed[(tiles.First / _width * candidates) + candidate])
                {
                    nearest.CopyTile(tiles, known);
                    kernel.LowerDistances(tiles.Load(), points[centroid], known);
                    nearest.SetTile(tiles, known);
                }
            }
        });
        nearest.SumBlocks();
    }

    // 2 + floor(ln K), counted with products alone: a logarithm of the platform could differ in its last bit.
    private static int CandidateCount(int k)
    {
        int count = 2;
        for (double power = Math.E; power <= k; power *= Math.E)
        {
            count++;
        }

        return count;
    }
}
