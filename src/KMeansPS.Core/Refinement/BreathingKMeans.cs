using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>
/// Leads out of local optima (B. Fritzke, 2020, "The breathing k-means algorithm"): m centroids are added beside those
/// whose clusters have the largest inertia and Lloyd's rounds are run; then the m whose loss costs least are taken away
/// and the rounds are run again. A better result is kept and breathed on; after one that is no better m becomes less,
/// until it is 0.
/// </summary>
/// <param name="set">The points.</param>
/// <param name="rounds">The most rounds of a run.</param>
/// <param name="firstBreath">The m to begin with.</param>
/// <param name="random">The directions in which centroids are added.</param>
/// <param name="mostWork">The work of the set at which this ends.</param>
internal sealed class BreathingKMeans<T>(SearchSet<T> set, int rounds, int firstBreath, Xoshiro256 random, double mostWork)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // With more centroids the rounds need not come to an end: they only show which of them are of use.
    private const int RoundsWithMore = 5;

    // How far beside a centroid the new one is put, in root mean squared distances of the points to their centroids.
    private const double Offset = 0.01;

    private readonly int _dimension = set.Points.Dimension;

    internal Optimum<T> Improve(Optimum<T> optimum)
    {
        var best = optimum;
        int k = K(best);
        int breath = Math.Min(firstBreath, Math.Min(k, set.Points.Count - k));
        while (breath > 0 && best.Inertia > 0 && set.Work < mostWork)
        {
            var inhaled = set.Run(BreatheIn(best, breath), Math.Min(rounds, RoundsWithMore));
            BreatheOut(inhaled, k);
            var exhaled = set.Run(inhaled, rounds, best);
            if (exhaled.IsBetterThan(best))
            {
                best = exhaled;
            }
            else
            {
                set.Discard(exhaled);
                breath--;
            }
        }

        return best;
    }

    // Puts a new centroid close beside each of those whose clusters have the largest inertia.
    private Optimum<T> BreatheIn(Optimum<T> optimum, int more)
    {
        int d = _dimension;
        var inertia = new double[K(optimum)];
        double weight = 0;
        for (int i = 0; i < optimum.Nearest.Length; i++)
        {
            double weightOfPoint = set.WeightOf(i);
            inertia[optimum.Nearest[i]] += weightOfPoint * Precision.ToDouble(optimum.Squares[i]);
            weight += weightOfPoint;
        }

        var centroids = new T[optimum.Centroids.Length + (more * d)];
        optimum.Centroids.CopyTo(centroids, 0);
        double offset = Offset * Math.Sqrt(optimum.Inertia / weight);
        int at = optimum.Centroids.Length;
        foreach (int cluster in Enumerable.Range(0, inertia.Length).OrderByDescending(cluster => inertia[cluster]).Take(more))
        {
            for (int j = 0; j < d; j++)
            {
                double direction = (2 * random.NextDouble()) - 1;
                centroids[at++] = T.CreateTruncating(Precision.ToDouble(optimum.Centroids[(cluster * d) + j]) + (offset * direction));
            }
        }

        return set.With(optimum, centroids);
    }

    // Leaves out the centroids whose points would lose least by going to their second nearest. When one is left out,
    // its nearest neighbour, to which most of its points go, is kept.
    private void BreatheOut(Optimum<T> optimum, int k)
    {
        int surplus = K(optimum) - k;
        var seconds = set.Seconds(optimum);
        var cost = new double[K(optimum)];
        for (int i = 0; i < optimum.Nearest.Length; i++)
        {
            cost[optimum.Nearest[i]] += set.WeightOf(i) * (Precision.ToDouble(seconds[i]) - Precision.ToDouble(optimum.Squares[i]));
        }

        var kept = new HashSet<int>();
        var lost = new HashSet<int>();
        foreach (int cluster in Enumerable.Range(0, cost.Length).OrderBy(cluster => cost[cluster]))
        {
            if (lost.Count == surplus)
            {
                break;
            }

            if (kept.Contains(cluster))
            {
                continue;
            }

            lost.Add(cluster);
            if (kept.Count + surplus < cost.Length)
            {
                kept.Add(NearestNeighbour(optimum.Centroids, cluster));
            }
        }

        set.Remove(optimum, lost);
    }

    private int NearestNeighbour(T[] centroids, int cluster)
    {
        int d = _dimension;
        int nearest = -1;
        double least = double.PositiveInfinity;
        for (int other = 0; other < centroids.Length / d; other++)
        {
            double sum = 0;
            for (int j = 0; j < d; j++)
            {
                double difference = Precision.ToDouble(centroids[(cluster * d) + j]) - Precision.ToDouble(centroids[(other * d) + j]);
                sum += difference * difference;
            }

            if (other != cluster && sum < least)
            {
                (nearest, least) = (other, sum);
            }
        }

        return nearest;
    }

    private int K(Optimum<T> optimum) => optimum.Centroids.Length / _dimension;
}
