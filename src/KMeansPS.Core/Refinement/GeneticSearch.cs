using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Refinement;

/// <summary>
/// Looks for the best optimum by crossing good ones (P. Fränti, 2000, "Genetic algorithm with deterministic crossover for
/// vector quantization"): every point goes to the nearer of its two centroids in both parents, the clusters that this
/// makes, up to 2 K, are merged to K (<see cref="PairwiseNearestNeighbor"/>), and a few of Lloyd's rounds follow. What
/// both parents have in common stays, and where they differ the better parts of both come together. Soon all descendants
/// of some parents are alike, so that small families live apart at first, and the best of two make a new one.
/// </summary>
/// <param name="set">The points; their tiles are kept.</param>
/// <param name="familySize">How many of them live together.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class GeneticSearch<T>(SearchSet<T> set, int familySize, CancellationToken cancellationToken)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Rounds before the first crossing, which starts from many places, and after each.
    private const int FirstRounds = 5;
    private const int Rounds = 8;

    // So many generations of the last family without a better end are its last.
    private const int Patience = 4;

    /// <summary>The best centroids that are found; a few more of Lloyd's rounds may move them yet.</summary>
    /// <param name="starts">Initial centroids, K x d values each.</param>
    internal T[] Best(IEnumerable<T[]> starts)
    {
        var families = new Queue<List<Optimum<T>>>(starts.Chunk(familySize).Select(family => Best(Next([.. family.Select(start => set.Run(start, FirstRounds))]))));
        while (families.Count > 2)
        {
            families.Enqueue(Best(Next([.. families.Dequeue(), .. families.Dequeue()])));
        }

        var last = families.SelectMany(family => family).ToList();
        for (int patience = Patience; patience > 0;)
        {
            var best = last.MinBy(end => end.Inertia)!;
            last = Next(last);
            patience = last[0].IsBetterThan(best) ? Patience : patience - 1;
        }

        return last[0].Centroids;
    }

    // The children of all pairs take the place of their parents, but the best parent stays.
    private List<Optimum<T>> Next(List<Optimum<T>> parents)
    {
        var next = new List<Optimum<T>>();
        var best = parents.MinBy(parent => parent.Inertia)!;
        for (int second = 1; second < parents.Count; second++)
        {
            for (int first = 0; first < second; first++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(next, set.Run(Cross(parents[first], parents[second]), Rounds, best));
            }
        }

        foreach (var parent in parents.Where(parent => parent != best))
        {
            set.Discard(parent);
        }

        Add(next, best);
        return next;
    }

    private List<Optimum<T>> Best(List<Optimum<T>> family)
    {
        foreach (var other in family.Skip(familySize))
        {
            set.Discard(other);
        }

        return family[..Math.Min(familySize, family.Count)];
    }

    // Adds an end to a population, the best first, unless it is as good as another, and so the same, or too bad.
    private void Add(List<Optimum<T>> population, Optimum<T> end)
    {
        int rank = population.TakeWhile(better => better.IsBetterThan(end)).Count();
        if (rank < population.Count && !end.IsBetterThan(population[rank]))
        {
            set.Discard(end);
            return;
        }

        population.Insert(rank, end);
        if (population.Count > 2 * familySize)
        {
            set.Discard(population[^1]);
            population.RemoveAt(2 * familySize);
        }
    }

    private T[] Cross(Optimum<T> parent, Optimum<T> other)
    {
        int d = set.Points.Dimension;
        var (means, weights) = Unite(parent, other);
        var merged = new PairwiseNearestNeighbor(means, weights).MergeTo(parent.Centroids.Length / d);
        var child = new T[parent.Centroids.Length]; // centroids that are left over have no points, and are given some by the rounds
        for (int i = 0; i < child.Length; i++)
        {
            child[i] = Precision.Round<T>(merged[i % merged.Length]);
        }

        return child;
    }

    // The clusters of all centroids of both parents that have points.
    private (double[] Means, double[] Weights) Unite(Optimum<T> parent, Optimum<T> other)
    {
        var points = set.Points;
        int d = points.Dimension;
        int k = parent.Centroids.Length / d;
        var sums = new double[2 * parent.Centroids.Length];
        var weights = new double[2 * k];
        for (int i = 0; i < points.Count; i++)
        {
            int cluster = parent.Squares[i] <= other.Squares[i] ? parent.Nearest[i] : k + other.Nearest[i];
            double weight = set.WeightOf(i);
            var sum = sums.AsSpan(cluster * d, d);
            var point = points[i];
            weights[cluster] += weight;
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] += weight * Precision.ToDouble(point[j]);
            }
        }

        int[] occurring = [.. Enumerable.Range(0, weights.Length).Where(cluster => weights[cluster] > 0)];
        return ([.. occurring.SelectMany(cluster => Enumerable.Range(cluster * d, d).Select(i => sums[i] / weights[cluster]))], [.. occurring.Select(cluster => weights[cluster])]);
    }
}
