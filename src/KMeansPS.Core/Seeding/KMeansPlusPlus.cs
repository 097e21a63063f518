using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// Greedy k-means++ (D. Arthur and S. Vassilvitskii, 2007, "k-means++: the advantages of careful seeding", with the
/// greedy choice that its section 6 mentions and scikit-learn makes): each next centroid is drawn by weight times
/// squared distance to the nearest one so far; of 2 + log K such candidates the one that lowers the inertia most is
/// taken, of equal ones the first drawn. n x d x K x (3 + log K) multiplications.
/// </summary>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class KMeansPlusPlus<T>(TileKernel<T> kernel) : ISeeding<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public int[] Choose(PointSet<T> points, int k, Xoshiro256 random, ParallelOptions parallel)
    {
        var blocks = Blocks.For(points.Count);
        var squares = new T[points.Count];
        Array.Fill(squares, T.PositiveInfinity);
        var byDistance = new WeightedDraw(blocks);
        var candidates = new int[CandidateCount(k)];
        var chosen = new List<int>(k);
        while (chosen.Count < k)
        {
            if (chosen.Count == 0)
            {
                int first = new RandomSeeding<T>().Choose(points, 1, random, parallel)[0];
                chosen.Add(Take(points, [first], squares, byDistance, blocks, parallel));
                continue;
            }

            if (byDistance.Total == 0)
            {
                break; // every point lies on a centroid: there are no more distinct ones
            }

            for (int i = 0; i < candidates.Length; i++)
            {
                candidates[i] = byDistance.Next(random, index =>
                    double.CreateTruncating(squares[index]) * (points.IsWeighted ? points.Weights[index] : 1));
            }

            chosen.Add(Take(points, candidates, squares, byDistance, blocks, parallel));
        }

        return [.. chosen];
    }

    // Takes the candidate that leaves the least inertia, and lowers the squared distances to it.
    private int Take(PointSet<T> points, int[] candidates, T[] squares, WeightedDraw byDistance, Blocks blocks, ParallelOptions parallel)
    {
        var inertia = new double[blocks.Count][];
        blocks.ForEach(parallel, block => inertia[block] = InertiaOfBlock(points, candidates, squares, blocks, block, parallel.CancellationToken));
        int best = 0;
        double least = double.PositiveInfinity;
        for (int candidate = 0; candidate < candidates.Length; candidate++)
        {
            double total = inertia.Sum(ofBlock => ofBlock[candidate]);
            if (total < least)
            {
                (best, least) = (candidate, total);
            }
        }

        for (int block = 0; block < blocks.Count; block++)
        {
            byDistance.SetBlock(block, inertia[block][best]);
        }

        blocks.ForEach(parallel, block => LowerBlock(points, candidates[best], squares, blocks, block, parallel.CancellationToken));
        return candidates[best];
    }

    // The inertia that each candidate would leave in one block: a sum for each lane of the tiles, then of the lanes.
    private double[] InertiaOfBlock(PointSet<T> points, int[] candidates, T[] squares, Blocks blocks, int block, CancellationToken cancellationToken)
    {
        int width = PointTile.Width<T>();
        var lanes = new double[candidates.Length * width];
        Span<T> known = stackalloc T[width];
        Span<double> weights = points.IsWeighted ? stackalloc double[width] : default;
        using var tiles = new TileCursor<T>(points, order: null, blocks.Start(block), blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            var tile = tiles.Load();
            known.Clear(); // a lane without a point adds nothing
            squares.AsSpan(tiles.First, tiles.Count).CopyTo(known);
            if (points.IsWeighted)
            {
                points.Weights.Slice(tiles.First, tiles.Count).CopyTo(weights);
            }

            for (int candidate = 0; candidate < candidates.Length; candidate++)
            {
                kernel.AddLoweredDistances(tile, points[candidates[candidate]], known, weights, lanes.AsSpan(candidate * width, width));
            }
        }

        var inertia = new double[candidates.Length];
        for (int i = 0; i < lanes.Length; i++)
        {
            inertia[i / width] += lanes[i];
        }

        return inertia;
    }

    private void LowerBlock(PointSet<T> points, int centroid, T[] squares, Blocks blocks, int block, CancellationToken cancellationToken)
    {
        Span<T> known = stackalloc T[PointTile.Width<T>()];
        using var tiles = new TileCursor<T>(points, order: null, blocks.Start(block), blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            var tile = tiles.Load();
            var lowered = squares.AsSpan(tiles.First, tiles.Count);
            known.Clear();
            lowered.CopyTo(known);
            kernel.LowerDistances(tile, points[centroid], known);
            known[..tiles.Count].CopyTo(lowered);
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
