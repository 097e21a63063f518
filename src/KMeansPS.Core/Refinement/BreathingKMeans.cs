using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>
/// Leads out of local optima (B. Fritzke, 2020, "The breathing k-means algorithm"): m centroids are added beside those
/// whose clusters have the largest inertia and Lloyd's rounds are run; then the m whose loss costs least are taken away
/// and the rounds are run again. A better result is kept and breathed on; after one that is no better m becomes less,
/// until it is 0.
/// </summary>
/// <param name="setup">The points and how runs over them are done.</param>
/// <param name="random">The directions in which centroids are added.</param>
internal sealed class BreathingKMeans<T>(RunSetup<T> setup, Xoshiro256 random)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int FirstBreath = 5;

    // How far beside a centroid the new one is put, in root mean squared distances of the points to their centroids.
    private const double Offset = 0.01;

    private readonly PointSet<T> _points = setup.Points;

    internal LloydOutcome<T> Improve(LloydOutcome<T> outcome, int run, IProgress<KMeansProgress>? progress)
    {
        var best = outcome;
        int breath = Math.Min(FirstBreath, K(best));
        while (breath > 0 && best.Inertia > 0)
        {
            int more = Math.Clamp(_points.Count - K(best), 0, breath);
            var inhaled = more == 0 ? best : Run(BreatheIn(best, more), run, progress);
            var exhaled = Run(BreatheOut(inhaled, K(best)), run, progress);
            if (exhaled.Inertia < best.Inertia)
            {
                best = exhaled;
            }
            else
            {
                breath--;
            }
        }

        return best with { Trace = outcome.Trace };
    }

    private LloydOutcome<T> Run(T[] centroids, int run, IProgress<KMeansProgress>? progress) =>
        new LloydRun<T>(setup, _points.WithValues(centroids)).ToTheEnd(run, progress);

    // Puts a new centroid close beside each of those whose clusters have the largest inertia.
    private T[] BreatheIn(LloydOutcome<T> outcome, int more)
    {
        int d = _points.Dimension;
        var centroids = new T[outcome.Centroids.Length + (more * d)];
        outcome.Centroids.CopyTo(centroids, 0);
        double offset = Offset * Math.Sqrt(outcome.Inertia / TotalWeight());
        var largest = Enumerable.Range(0, K(outcome)).OrderByDescending(cluster => outcome.ClusterInertia[cluster]).Take(more);
        int at = outcome.Centroids.Length;
        foreach (int cluster in largest)
        {
            for (int j = 0; j < d; j++)
            {
                double direction = (2 * random.NextDouble()) - 1;
                centroids[at++] = T.CreateTruncating(double.CreateTruncating(outcome.Centroids[(cluster * d) + j]) + (offset * direction));
            }
        }

        return centroids;
    }

    // Leaves out the centroids whose points would lose least by going to their second nearest. When one is left out,
    // its nearest neighbour, to which most of its points go, is kept.
    private T[] BreatheOut(LloydOutcome<T> outcome, int k)
    {
        int d = _points.Dimension;
        int surplus = K(outcome) - k;
        var cost = CostOfLoss(outcome);
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
            if (kept.Count + surplus < K(outcome))
            {
                kept.Add(NearestNeighbour(outcome.Centroids, cluster));
            }
        }

        return [.. Enumerable.Range(0, cost.Length).Where(cluster => !lost.Contains(cluster))
            .SelectMany(cluster => outcome.Centroids.AsSpan(cluster * d, d).ToArray())];
    }

    // For each cluster, by how much the inertia would rise without its centroid.
    private double[] CostOfLoss(LloydOutcome<T> outcome)
    {
        int k = K(outcome);
        int width = PointTile.Width<T>();
        var blocks = Blocks.For(_points.Count, k);
        var ofBlock = new double[blocks.Count][];
        blocks.ForEach(setup.Parallel, block =>
        {
            Span<int> nearest = stackalloc int[width];
            Span<T> squares = stackalloc T[width];
            Span<T> seconds = stackalloc T[width];
            var cost = ofBlock[block] = new double[k];
            using var tiles = new TileCursor<T>(_points, order: null, blocks.Start(block), blocks.Length(block), setup.Parallel.CancellationToken);
            while (tiles.MoveNext())
            {
                setup.Kernel.NearestTwo(tiles.Load(), outcome.Centroids, _points.Dimension, nearest, squares, seconds);
                for (int lane = 0; lane < tiles.Count; lane++)
                {
                    double weight = _points.IsWeighted ? _points.Weights[tiles.First + lane] : 1;
                    cost[nearest[lane]] += weight * (double.CreateTruncating(seconds[lane]) - double.CreateTruncating(squares[lane]));
                }
            }
        });

        var total = new double[k];
        foreach (var cost in ofBlock)
        {
            VectorSum.AddTo(total, cost);
        }

        return total;
    }

    private int NearestNeighbour(T[] centroids, int cluster)
    {
        int d = _points.Dimension;
        int nearest = -1;
        double least = double.PositiveInfinity;
        for (int other = 0; other < centroids.Length / d; other++)
        {
            double sum = 0;
            for (int j = 0; j < d; j++)
            {
                double difference = double.CreateTruncating(centroids[(cluster * d) + j]) - double.CreateTruncating(centroids[(other * d) + j]);
                sum += difference * difference;
            }

            if (other != cluster && sum < least)
            {
                (nearest, least) = (other, sum);
            }
        }

        return nearest;
    }

    private double TotalWeight()
    {
        double total = 0;
        foreach (double weight in _points.Weights)
        {
            total += weight;
        }

        return _points.IsWeighted ? total : _points.Count;
    }

    private int K(LloydOutcome<T> outcome) => outcome.Centroids.Length / _points.Dimension;
}
