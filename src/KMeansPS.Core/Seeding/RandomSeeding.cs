using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>
/// The first K points of a random permutation, so that no point is taken twice (E. Forgy, 1965). Where points have
/// weights, each next point is drawn by weight among those that are left.
/// </summary>
internal sealed class RandomSeeding<T> : ISeeding<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public int[] Choose(PointSet<T> points, int k, Xoshiro256 random, ParallelOptions parallel) =>
        points.IsWeighted ? DrawByWeight(points.Weights, k, random, parallel) : StartOfPermutation(points.Count, k, random);

    // The shuffle of Fisher and Yates, stopped after K places. Only the places that were touched are kept.
    private static int[] StartOfPermutation(int n, int k, Xoshiro256 random)
    {
        var displaced = new Dictionary<int, int>();
        var chosen = new int[k];
        for (int i = 0; i < k; i++)
        {
            int j = i + random.NextInt32(n - i);
            chosen[i] = displaced.GetValueOrDefault(j, j);
            displaced[j] = displaced.GetValueOrDefault(i, i);
        }

        return chosen;
    }

    private static int[] DrawByWeight(ReadOnlySpan<double> weights, int k, Xoshiro256 random, ParallelOptions parallel)
    {
        var left = weights.ToArray();
        var draw = new WeightedDraw(Blocks.For(left.Length));
        var chosen = new int[k];
        for (int i = 0; i < k; i++)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            draw.Weigh(left);
            chosen[i] = draw.Next(random, left);
            left[chosen[i]] = 0;
        }

        return chosen;
    }
}
