namespace KMeansPS.Refinement;

/// <summary>
/// Merges clusters until K are left, each time the two whose merger raises the inertia least (W. H. Equitz, 1989, "A new
/// vector quantization clustering algorithm"). A cluster whose nearest neighbour is gone keeps its old cost, which the new
/// one is never below, until it is the least of all, and is looked up again then (T. Kaukoranta, P. Fränti and O.
/// Nevalainen, 1999, "Vector quantization by lazy pairwise nearest neighbor method"). For n clusters about
/// n x (n + 3 (n - K)) squared distances: for some hundreds of clusters.
/// </summary>
/// <param name="means">n x d means; overwritten.</param>
/// <param name="weights">Their weights, above 0; overwritten.</param>
internal sealed class PairwiseNearestNeighbor(double[] means, double[] weights)
{
    private readonly int _dimension = means.Length / weights.Length;
    private readonly int[] _nearest = new int[weights.Length];
    private readonly double[] _cost = new double[weights.Length];
    private readonly bool[] _isOld = new bool[weights.Length];
    private int _count = weights.Length;

    /// <summary>The means of the K clusters that are left, K x d values; all of them where there are no more.</summary>
    internal ReadOnlySpan<double> MergeTo(int k)
    {
        FindAll();
        while (_count > k)
        {
            int first = Cheapest();
            int second = _nearest[first];
            Merge(Math.Min(first, second), Math.Max(first, second));
        }

        return means.AsSpan(0, _count * _dimension);
    }

    private void FindAll()
    {
        Array.Fill(_cost, double.PositiveInfinity);
        for (int cluster = 1; cluster < _count; cluster++)
        {
            for (int other = 0; other < cluster; other++)
            {
                double cost = Cost(cluster, other);
                if (cost < _cost[cluster])
                {
                    (_cost[cluster], _nearest[cluster]) = (cost, other);
                }

                if (cost < _cost[other])
                {
                    (_cost[other], _nearest[other]) = (cost, cluster);
                }
            }
        }
    }

    // The cluster that is merged with its nearest at the least cost.
    private int Cheapest()
    {
        while (true)
        {
            int cheapest = 0;
            for (int cluster = 1; cluster < _count; cluster++)
            {
                cheapest = _cost[cluster] < _cost[cheapest] ? cluster : cheapest;
            }

            if (!_isOld[cheapest])
            {
                return cheapest;
            }

            Find(cheapest);
        }
    }

    // The last cluster takes the place of the one that is merged into another.
    private void Merge(int into, int from)
    {
        double weight = weights[into] + weights[from];
        var mean = Mean(into);
        var other = Mean(from);
        for (int j = 0; j < mean.Length; j++)
        {
            mean[j] = ((mean[j] * weights[into]) + (other[j] * weights[from])) / weight;
        }

        weights[into] = weight;
        int last = --_count;
        Mean(last).CopyTo(other);
        (weights[from], _nearest[from], _cost[from], _isOld[from]) = (weights[last], _nearest[last], _cost[last], _isOld[last]);
        for (int cluster = 0; cluster < _count; cluster++)
        {
            int nearest = _nearest[cluster];
            _isOld[cluster] |= nearest == into || nearest == from;
            _nearest[cluster] = nearest == last ? from : nearest;
        }

        Find(into);
    }

    private void Find(int cluster)
    {
        (_cost[cluster], _isOld[cluster]) = (double.PositiveInfinity, false);
        for (int other = 0; other < _count; other++)
        {
            double cost = other == cluster ? double.PositiveInfinity : Cost(cluster, other);
            if (cost < _cost[cluster])
            {
                (_cost[cluster], _nearest[cluster]) = (cost, other);
            }
        }
    }

    // By how much the inertia rises when two clusters become one (J. H. Ward, 1963).
    private double Cost(int cluster, int other)
    {
        var mean = Mean(cluster);
        var far = Mean(other);
        double square = 0;
        for (int j = 0; j < mean.Length; j++)
        {
            double way = mean[j] - far[j];
            square += way * way;
        }

        return square * (weights[cluster] * weights[other] / (weights[cluster] + weights[other]));
    }

    private Span<double> Mean(int cluster) => means.AsSpan(cluster * _dimension, _dimension);
}
