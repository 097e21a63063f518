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
        Lower(points, nearest, chosen[0], parallel);
        while (chosen.Count < k && nearest.Inertia > 0) // without inertia every point lies on a centroid
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                candidates[i] = nearest.Draw(random);
            }

            int best = candidates[IndexOfBest(points, nearest, candidates, parallel)];
            Lower(points, nearest, best, parallel);
            chosen.Add(best);
        }

        return [.. chosen];
    }

    // The candidate that would leave the least inertia.
    private int IndexOfBest(PointSet<T> points, NearestChosen<T> nearest, int[] candidates, ParallelOptions parallel)
    {
        var ofBlock = new double[nearest.Blocks.Count][];
        nearest.Blocks.ForEach(parallel, block => ofBlock[block] = InertiaOfBlock(points, nearest, candidates, block, parallel.CancellationToken));
        var inertia = new double[candidates.Length];
        foreach (var part in ofBlock)
        {
            VectorSum.AddTo(inertia, part);
        }

        return Array.IndexOf(inertia, inertia.Min());
    }

    // The inertia that each candidate would leave in one block. Tiles out of reach keep what they have; of the others
    // there is a sum for each lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] InertiaOfBlock(PointSet<T> points, NearestChosen<T> nearest, int[] candidates, int block, CancellationToken cancellationToken)
    {
        var rows = new T[candidates.Length * points.Dimension];
        for (int candidate = 0; candidate < candidates.Length; candidate++)
        {
            points[candidates[candidate]].CopyTo(rows.AsSpan(candidate * points.Dimension));
        }

        var reach = new Reach<T>(nearest, new CentroidPanels<T>(rows, points.Dimension), kernel);
        var inertia = new double[candidates.Length];
        var lanes = new double[candidates.Length * _width];
        Span<T> known = stackalloc T[_width];
        Span<double> weights = points.IsWeighted ? stackalloc double[_width] : default;
        using var tiles = new TileCursor<T>(points, index.Order, nearest.Blocks.Start(block), nearest.Blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            int tile = tiles.First / _width;
            if (!reach.Holds(tile))
            {
                for (int candidate = 0; candidate < inertia.Length; candidate++)
                {
                    inertia[candidate] += nearest.InertiaOfTile(tile);
                }

                continue;
            }

            nearest.CopyTile(tiles, known, weights);
            var values = tiles.Load();
            for (int candidate = 0; candidate < inertia.Length; candidate++)
            {
                if (reach.Holds(tile, candidate))
                {
                    kernel.AddLoweredDistances(
                        values, rows.AsSpan(candidate * points.Dimension, points.Dimension), known, weights, lanes.AsSpan(candidate * _width, _width));
                }
                else
                {
                    inertia[candidate] += nearest.InertiaOfTile(tile);
                }
            }
        }

        for (int i = 0; i < lanes.Length; i++)
        {
            inertia[i / _width] += lanes[i];
        }

        return inertia;
    }

    // Takes a point for a centroid: lowers the squared distances to it where it is nearer.
    private void Lower(PointSet<T> points, NearestChosen<T> nearest, int centroid, ParallelOptions parallel)
    {
        nearest.Blocks.ForEach(parallel, block => LowerBlock(points, nearest, centroid, block, parallel.CancellationToken));
        nearest.SumBlocks();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LowerBlock(PointSet<T> points, NearestChosen<T> nearest, int centroid, int block, CancellationToken cancellationToken)
    {
        var reach = new Reach<T>(nearest, new CentroidPanels<T>(points[centroid], points.Dimension), kernel);
        Span<T> known = stackalloc T[_width];
        using var tiles = new TileCursor<T>(points, index.Order, nearest.Blocks.Start(block), nearest.Blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            if (reach.Holds(tiles.First / _width))
            {
                nearest.CopyTile(tiles, known, default);
                kernel.LowerDistances(tiles.Load(), points[centroid], known);
                nearest.SetTile(tiles, known);
            }
        }
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
