using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// Greedy k-means++ (D. Arthur and S. Vassilvitskii, 2007, "k-means++: the advantages of careful seeding", with the
/// greedy choice that its section 6 mentions and scikit-learn makes): each next centroid is drawn by weight times
/// squared distance to the nearest one so far; of 2 + log K such candidates the one that lowers the inertia most is
/// taken, of equal ones the first drawn. At most n x d x K x (3 + log K) multiplications; points that a candidate is too
/// far from to change are not looked at: in few dimensions tiles of neighbours, in more those whose bytes say so.
/// </summary>
/// <param name="index">The points in the order in which they are gone over.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class KMeansPlusPlus<T>(SpatialIndex<T> index, TileKernel<T> kernel) : ISeeding<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // For fewer clusters the bytes save less time than it takes to make them.
    private const int LeastClustersForBytes = 12;

    /// <summary>What measures points in bytes, in many dimensions; null to look at every point itself.</summary>
    internal ByteKernel? Bytes { get; init; } = ByteKernel.ForThisProcessor(PointTile.Width<T>());

    public int[] Choose(PointSet<T> points, int k, Xoshiro256 random, ParallelOptions parallel)
    {
        var nearest = new NearestChosen<T>(points, index);
        var candidates = new int[CandidateCount(k)];
        var gains = new CandidateGains<T>(points, index, nearest, kernel, candidates.Length);
        var chosen = new List<int>(k) { new RandomSeeding<T>().Choose(points, 1, random, parallel)[0] };
        gains.TakeFirst(chosen[0], parallel);
        var quantized = k >= LeastClustersForBytes && Bytes is not null && nearest.Boxes is null ? QuantizedPoints<T>.Of(points, Bytes, parallel) : null;
        while (chosen.Count < k && nearest.Inertia > 0) // without inertia every point lies on a centroid
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                candidates[i] = nearest.Draw(random);
            }

            int best = gains.IndexOfBest(candidates, quantized, parallel);
            gains.Take(candidates[best], best, parallel);
            chosen.Add(candidates[best]);
        }

        return [.. chosen];
    }

    // 2 + floor(ln K), counted with products alone: a logarithm of the platform could differ in its last bit.
    internal static int CandidateCount(int k)
    {
        int count = 2;
        for (double power = Math.E; power <= k; power *= Math.E)
        {
            count++;
        }

        return count;
    }
}
