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

    // The candidate that would leave the least inertia; and, tile by tile, which candidates would change a point at all.
    private int IndexOfBest(PointSet<T> points, NearestChosen<T> nearest, int[] candidates, bool[] changed, ParallelOptions parallel)
    {
        var ofBlock = new double[nearest.Blocks.Count][];
        nearest.Blocks.ForEach(parallel, block => ofBlock[block] = InertiaOfBlock(points, nearest, candidates, changed, block, parallel.CancellationToken));
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
    private double[] InertiaOfBlock(
        PointSet<T> points, NearestChosen<T> nearest, int[] candidates, bool[] changed, int block, CancellationToken cancellationToken)
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
            var changedHere = changed.AsSpan(tile * candidates.Length, candidates.Length);
            changedHere.Clear();
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
                    uint lowered = kernel.AddLoweredDistances(
                        values, rows.AsSpan(candidate * points.Dimension, points.Dimension), known, weights, lanes.AsSpan(candidate * _width, _width));
                    changedHere[candidate] = lowered != 0;
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
                    nearest.CopyTile(tiles, known, default);
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
