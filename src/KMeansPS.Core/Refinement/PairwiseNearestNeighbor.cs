using System.Numerics;
using System.Runtime.CompilerServices;

namespace KMeansPS.Refinement;

/// <summary>
/// Merges clusters until K are left, each time the two whose merger raises the inertia least (W. H. Equitz, 1989, "A new
/// vector quantization clustering algorithm"). A cluster whose nearest neighbour is gone keeps its old cost, which the new
/// one is never below, until it is the least of all, and is looked up again then (T. Kaukoranta, P. Fränti and O.
/// Nevalainen, 1999, "Vector quantization by lazy pairwise nearest neighbor method"). For n clusters about
/// n x (n + 3 (n - K)) squared distances: for some hundreds of clusters.
/// </summary>
internal sealed class PairwiseNearestNeighbor
{
    private readonly int _dimension;
    private readonly double[][] _columns; // of the means; these, weights and costs have room up to a whole vector
    private readonly double[] _weights;
    private readonly double[] _costs;
    private readonly int[] _nearest;
    private readonly double[] _cost;
    private readonly bool[] _isOld;
    private int _count;

    /// <param name="means">n x d means.</param>
    /// <param name="weights">Their weights, above 0.</param>
    internal PairwiseNearestNeighbor(ReadOnlySpan<double> means, ReadOnlySpan<double> weights)
    {
        _count = weights.Length;
        _dimension = means.Length / _count;
        int room = (_count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _columns = new double[_dimension][];
        for (int j = 0; j < _dimension; j++)
        {
            _columns[j] = new double[room];
            for (int cluster = 0; cluster < _count; cluster++)
            {
                _columns[j][cluster] = means[(cluster * _dimension) + j];
            }
        }

        _weights = new double[room];
        weights.CopyTo(_weights);
        _costs = new double[room];
        _nearest = new int[_count];
        _cost = new double[_count];
        _isOld = new bool[_count];
    }

    /// <summary>The means of the K clusters that are left, K x d values; all of them where there are no more.</summary>
    internal double[] MergeTo(int k)
    {
        FindAll();
        while (_count > k)
        {
            int first = Cheapest();
            int second = _nearest[first];
            Merge(Math.Min(first, second), Math.Max(first, second));
        }

        return [.. Enumerable.Range(0, _count * _dimension).Select(i => _columns[i % _dimension][i / _dimension])];
    }

    private void FindAll()
    {
        Array.Fill(_cost, double.PositiveInfinity);
        for (int cluster = 1; cluster < _count; cluster++)
        {
            Measure(cluster, cluster);
            for (int other = 0; other < cluster; other++)
            {
                double cost = _costs[other];
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
        double weight = _weights[into] + _weights[from];
        int last = --_count;
        foreach (double[] column in _columns)
        {
            column[into] = ((column[into] * _weights[into]) + (column[from] * _weights[from])) / weight;
            column[from] = column[last];
        }

        _weights[into] = weight;
        (_weights[from], _nearest[from], _cost[from], _isOld[from]) = (_weights[last], _nearest[last], _cost[last], _isOld[last]);
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
        Measure(cluster, _count);
        _costs[cluster] = double.PositiveInfinity;
        int nearest = 0;
        for (int other = 1; other < _count; other++)
        {
            nearest = _costs[other] < _costs[nearest] ? other : nearest;
        }

        (_cost[cluster], _nearest[cluster], _isOld[cluster]) = (_costs[nearest], nearest, false);
    }

    // By how much the inertia rises when a cluster becomes one with each of the first few (J. H. Ward, 1963). A vector runs
    // across clusters, so that no cost depends on its width.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int cluster, int count)
    {
        var weight = new Vector<double>(_weights[cluster]);
        for (int other = 0; other < count; other += Vector<double>.Count)
        {
            var square = Vector<double>.Zero;
            foreach (double[] column in _columns)
            {
                var way = new Vector<double>(column[cluster]) - new Vector<double>(column, other);
                square += way * way;
            }

            var otherWeight = new Vector<double>(_weights, other);
            (square * (weight * otherWeight / (weight + otherWeight))).CopyTo(_costs, other);
        }
    }
}
