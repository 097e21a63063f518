using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>Enough of many points to find in them about the same clusters as in all.</summary>
internal static class PointSample
{
    // So many points, of so many values at the most, but never fewer for each cluster than this.
    private const int MostPoints = 1 << 15;
    private const int MostValues = 1 << 22;
    private const int LeastForEachCluster = 64;

    /// <summary>Different points, each as likely as any other, in their order; all of them where they are few.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="k">K.</param>
    /// <param name="worth">How many times as many points as the sample there must be for it to be worth while.</param>
    /// <param name="random">A number for each point.</param>
    internal static PointSet<T> Of<T>(PointSet<T> points, int k, int worth, Xoshiro256 random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long size = Math.Max(Math.Min(MostPoints, MostValues / points.Dimension), (long)LeastForEachCluster * k);
        if (worth * size >= points.Count)
        {
            return points;
        }

        return Of(points, (int)size, random);
    }

    /// <summary>So many different points, each as likely as any other, in their order.</summary>
    internal static PointSet<T> Of<T>(PointSet<T> points, int size, Xoshiro256 random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] drawn = Draw(points.Count, size, random);
        return points.Select(drawn, points.IsWeighted ? Array.ConvertAll(drawn, point => points.Weights[point]) : null);
    }

    // D. E. Knuth, "The art of computer programming", volume 2, section 3.4.2, algorithm S.
    private static int[] Draw(int count, int size, Xoshiro256 random)
    {
        var chosen = new int[size];
        for (int i = 0, taken = 0; taken < size; i++)
        {
            if (random.NextInt32(count - i) < size - taken)
            {
                chosen[taken++] = i;
            }
        }

        return chosen;
    }
}
