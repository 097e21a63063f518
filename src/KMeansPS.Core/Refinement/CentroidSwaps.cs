using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>
/// Local search by swaps (S. Lattanzi and C. Sohler, 2019, "A better k-means++ algorithm via local search"): a point that
/// is drawn by its squared distance takes the place of the centroid that is then missed least. As T. Conrads, L. Drexler,
/// J. Könen, D. R. Schmidt and M. Schmidt (2024, "Local search k-means++ with foresight") do it, a swap is judged by
/// where Lloyd's rounds lead from it, which are given up where they are not promising. One that lowers the inertia is kept.
/// </summary>
/// <param name="set">The points.</param>
/// <param name="rounds">The most rounds of a run.</param>
/// <param name="trials">How many swaps are tried.</param>
/// <param name="random">The draws.</param>
/// <param name="mostWork">The work of the set at which this ends.</param>
internal sealed class CentroidSwaps<T>(SearchSet<T> set, int rounds, int trials, Xoshiro256 random, double mostWork)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _squares = new T[set.RoomForPoints];

    internal Optimum<T> Improve(Optimum<T> optimum)
    {
        var best = optimum;
        int d = set.Points.Dimension;
        for (int trial = 0; trial < trials && best.Centroids.Length > d && best.Inertia > 0 && set.Work < mostWork; trial++)
        {
            int point = Draw(best);
            var centroids = best.Centroids.ToArray();
            set.Points[point].CopyTo(centroids.AsSpan(LeastMissed(best, point) * d));
            var swapped = set.Run(set.With(best, centroids), rounds, best);
            if (swapped.IsBetterThan(best))
            {
                best = swapped;
            }
            else
            {
                set.Discard(swapped);
            }
        }

        return best;
    }

    // The centroid without which the inertia is least, once there is one at the point.
    private int LeastMissed(Optimum<T> optimum, int point)
    {
        set.Measure(set.Points[point], _squares);
        var seconds = set.Seconds(optimum);
        var loss = new double[optimum.Centroids.Length / set.Points.Dimension];
        for (int i = 0; i < seconds.Length; i++)
        {
            double change = Precision.ToDouble(T.Min(_squares[i], seconds[i])) - Precision.ToDouble(T.Min(_squares[i], optimum.Squares[i]));
            loss[optimum.Nearest[i]] += set.WeightOf(i) * change;
        }

        return Array.IndexOf(loss, loss.Min());
    }

    private int Draw(Optimum<T> optimum)
    {
        double target = random.NextDouble() * optimum.Inertia;
        int last = 0;
        for (int i = 0; i < optimum.Nearest.Length; i++)
        {
            double square = set.WeightOf(i) * Precision.ToDouble(optimum.Squares[i]);
            if (square > 0)
            {
                last = i;
                if (target < square)
                {
                    break;
                }

                target -= square;
            }
        }

        return last;
    }
}
