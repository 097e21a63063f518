using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// k-means|| (B. Bahmani, B. Moseley, A. Vattani, R. Kumar and S. Vassilvitskii, 2012, "Scalable k-means++"): in a few
/// rounds over the points each of them becomes a candidate with a probability in proportion to its weighted squared
/// distance to the candidates so far, about 2 K a round; the candidates, weighted by the points nearest to them, are
/// then brought down to K by greedy k-means++. Few passes over the points instead of one for each centroid.
/// </summary>
/// <param name="index">The points in the order in which they are gone over.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class KMeansParallel<T>(SpatialIndex<T> index, TileKernel<T> kernel) : ISeeding<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Rounds = 5;
    private const int Oversampling = 2;

    private readonly int _width = PointTile.Width<T>();

    public int[] Choose(PointSet<T> points, int k, Xoshiro256 random, ParallelOptions parallel)
    {
        var nearest = new NearestChosen<T>(points, index);
        var ownCandidate = new int[points.Count]; // in the places of the order
        var candidates = new List<int> { new RandomSeeding<T>().Choose(points, 1, random, parallel)[0] };
        Lower(points, nearest, ownCandidate, candidates, from: 0, parallel);
        var weights = WeightsOf(points, ownCandidate, candidates.Count);
        for (int round = 0; (round < Rounds || weights.Count(weight => weight > 0) < k) && nearest.Inertia > 0; round++)
        {
            int known = candidates.Count;
            candidates.AddRange(Draw(nearest, (double)Oversampling * k, random, parallel));
            Lower(points, nearest, ownCandidate, candidates, known, parallel);
            weights = WeightsOf(points, ownCandidate, candidates.Count);
        }

        // Of candidates at one place the first has the points.
        candidates = [.. candidates.Where((_, candidate) => weights[candidate] > 0)];
        if (candidates.Count <= k)
        {
            return [.. candidates]; // every point lies on one of them: there are no more distinct ones
        }

        var weighted = points.Select(candidates, [.. weights.Where(weight => weight > 0)]);
        var reduced = new KMeansPlusPlus<T>(new SpatialIndex<T>(weighted, isWanted: false, parallel), kernel)
            .Choose(weighted, k, random, parallel);
        return Array.ConvertAll(reduced, candidate => candidates[candidate]);
    }

    // Each block has random numbers of its own, seeded in the order of the blocks.
    private static IEnumerable<int> Draw(NearestChosen<T> nearest, double expected, Xoshiro256 random, ParallelOptions parallel)
    {
        var seeds = new long[nearest.Blocks.Count];
        for (int block = 0; block < seeds.Length; block++)
        {
            seeds[block] = (long)random.NextUInt64();
        }

        var drawn = new List<int>[seeds.Length];
        nearest.Blocks.ForEach(parallel, block => drawn[block] = nearest.DrawEach(block, expected / nearest.Inertia, new Xoshiro256(seeds[block])));
        return drawn.SelectMany(points => points);
    }

    // Lowers the squared distances to the new candidates where they are nearer.
    private void Lower(PointSet<T> points, NearestChosen<T> nearest, int[] ownCandidate, List<int> candidates, int from, ParallelOptions parallel)
    {
        var added = candidates.GetRange(from, candidates.Count - from);
        if (added.Count > 0)
        {
            var rows = points.Select(added, weights: null).Values.ToArray();
            nearest.Blocks.ForEach(parallel, block => LowerBlock(points, nearest, ownCandidate, rows, from, block, parallel.CancellationToken));
            nearest.SumBlocks();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LowerBlock(
        PointSet<T> points, NearestChosen<T> nearest, int[] ownCandidate, T[] rows, int from, int block, CancellationToken cancellationToken)
    {
        Span<T> known = stackalloc T[_width];
        Span<T> squares = stackalloc T[_width];
        Span<int> own = stackalloc int[_width];
        using var tiles = new TileCursor<T>(points, index.Order, nearest.Blocks.Start(block), nearest.Blocks.Length(block), cancellationToken);
        while (tiles.MoveNext())
        {
            nearest[tiles].CopyTo(known);
            kernel.Nearest(tiles.Load(), rows, points.Dimension, own, squares);
            for (int lane = 0; lane < tiles.Count; lane++)
            {
                if (squares[lane] < known[lane])
                {
                    known[lane] = squares[lane];
                    ownCandidate[tiles.First + lane] = from + own[lane];
                }
            }

            nearest.SetTile(tiles, known);
        }
    }

    private double[] WeightsOf(PointSet<T> points, int[] ownCandidate, int count)
    {
        var weights = new double[count];
        for (int place = 0; place < ownCandidate.Length; place++)
        {
            weights[ownCandidate[place]] += points.IsWeighted ? points.Weights[index.Order is { } order ? order[place] : place] : 1;
        }

        return weights;
    }
}
