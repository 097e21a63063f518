using System.Numerics;
using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// Puts palette entries that are often neighbours in the picture near one another, so that differences of indices,
/// which filters make, are few and small. Starts by modified Zeng (Pinho and Neves 2004, "A note on Zeng's technique
/// for color re-indexing of palette-based images") and exchanges entries as long as that shortens the code of the
/// differences. Entries with alpha stay before opaque ones, so that tRNS is short.
/// </summary>
internal sealed class PaletteOrder
{
    private readonly int _count;
    private readonly int _period;
    private readonly int _firstOpaque;
    private readonly byte[] _order;

    // How often the entries at two places are neighbours.
    private readonly double[] _near;

    // The cost of each difference of places from -count to count.
    private readonly double[] _costs;

    private PaletteOrder(Palette palette, NeighborCounts counts, int period)
    {
        _count = counts.Count;
        _period = period;
        _order = AlphaFirst(palette, Zeng(counts), out _firstOpaque);
        _near = new double[_count * _count];
        _costs = new double[2 * _count];
        for (int i = 0; i < _count; i++)
        {
            for (int j = 0; j < _count; j++)
            {
                _near[(i * _count) + j] = counts.Values[(_order[i] * _count) + _order[j]];
            }
        }
    }

    /// <summary>Finds an order.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="period">Differences count modulo this: 2^bits.</param>
    /// <param name="passes">The most times that all pairs of entries are looked at.</param>
    /// <param name="cancellationToken">Looked at once for each entry and pass.</param>
    /// <returns>The entry at each place.</returns>
    internal static byte[] Find(IndexedImage image, int period, int passes, CancellationToken cancellationToken)
    {
        var order = new PaletteOrder(image.Palette, NeighborCounts.Of(image), period);
        for (int pass = 0; pass < passes; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!order.Improve(cancellationToken))
            {
                break;
            }
        }

        return order._order;
    }

    /// <summary>The order of the palette itself, but entries with alpha first.</summary>
    internal static byte[] Keep(Palette palette)
    {
        var order = new byte[palette.Count];
        for (int entry = 0; entry < order.Length; entry++)
        {
            order[entry] = (byte)entry;
        }

        return AlphaFirst(palette, order, out _);
    }

    private static byte[] AlphaFirst(Palette palette, byte[] order, out int firstOpaque)
    {
        var sorted = new List<byte>(order.Length);
        foreach (byte entry in order)
        {
            if (palette[entry].A < 255)
            {
                sorted.Add(entry);
            }
        }

        firstOpaque = sorted.Count;
        foreach (byte entry in order)
        {
            if (palette[entry].A == 255)
            {
                sorted.Add(entry);
            }
        }

        return sorted.ToArray();
    }

    // Each entry goes to that end of the list whose entries it is more often beside: of those that are not in it yet the
    // one that is most often beside its entries, at first beside any.
    private static byte[] Zeng(NeighborCounts counts)
    {
        int n = counts.Count;
        var list = new List<byte>(n);
        var isListed = new bool[n];
        var nearness = new double[n];
        for (int i = 0; i < n * n; i++)
        {
            nearness[i % n] += counts.Values[i];
        }

        while (list.Count < n)
        {
            int next = -1;
            for (int entry = 0; entry < n; entry++)
            {
                next = !isListed[entry] && (next < 0 || nearness[entry] > nearness[next]) ? entry : next;
            }

            var beside = counts.Values.AsSpan(next * n, n);
            double pull = 0;
            for (int i = 0; i < list.Count; i++)
            {
                pull += (list.Count - 1 - (2 * i)) * beside[list[i]];
            }

            if (list.Count == 0)
            {
                nearness.AsSpan().Clear();
            }

            list.Insert(pull > 0 ? 0 : list.Count, (byte)next);
            isListed[next] = true;
            for (int entry = 0; entry < n; entry++)
            {
                nearness[entry] += beside[entry];
            }
        }

        return list.ToArray();
    }

    private bool Improve(CancellationToken cancellationToken)
    {
        bool hasImproved = false;
        FindCosts();
        for (int i = 0; i < _count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = i < _firstOpaque ? _firstOpaque : _count;
            for (int j = i + 1; j < end; j++)
            {
                if (GainOfExchange(i, j) > 0)
                {
                    Exchange(i, j);
                    hasImproved = true;
                }
            }
        }

        return hasImproved;
    }

    // The length of the code word of each difference, both signs taken together, if the code fitted the present order.
    private void FindCosts()
    {
        Span<double> sums = stackalloc double[_period];
        sums.Clear();
        for (int i = 0; i < _count; i++)
        {
            for (int j = 0; j < _count; j++)
            {
                sums[(j - i) & (_period - 1)] += _near[(i * _count) + j];
            }
        }

        double total = 0;
        foreach (double sum in sums)
        {
            total += sum;
        }

        int all = FixedLog2.Of((int)Math.Min(total, int.MaxValue));
        for (int difference = -_count; difference < _count; difference++)
        {
            double sum = Math.Clamp(sums[difference & (_period - 1)], 1, int.MaxValue);
            _costs[difference + _count] = all - FixedLog2.Of((int)sum);
        }
    }

    // All numbers are whole and small, so that the sum is exact, whatever the width of a vector.
    private double GainOfExchange(int i, int j)
    {
        var nearFirst = _near.AsSpan(i * _count, _count);
        var nearSecond = _near.AsSpan(j * _count, _count);
        var fromFirst = _costs.AsSpan(_count - i, _count);
        var fromSecond = _costs.AsSpan(_count - j, _count);
        var sums = Vector<double>.Zero;
        int k = 0;
        for (; k <= _count - Vector<double>.Count; k += Vector<double>.Count)
        {
            sums += (new Vector<double>(nearFirst[k..]) - new Vector<double>(nearSecond[k..]))
                * (new Vector<double>(fromFirst[k..]) - new Vector<double>(fromSecond[k..]));
        }

        double sum = Vector.Sum(sums);
        for (; k < _count; k++)
        {
            sum += Term(k);
        }

        // What lies between the two themselves does not change.
        return sum - Term(i) - Term(j);

        double Term(int at) =>
            (_near[(i * _count) + at] - _near[(j * _count) + at]) * (_costs[_count - i + at] - _costs[_count - j + at]);
    }

    private void Exchange(int i, int j)
    {
        (_order[i], _order[j]) = (_order[j], _order[i]);
        for (int k = 0; k < _count; k++)
        {
            (_near[(i * _count) + k], _near[(j * _count) + k]) = (_near[(j * _count) + k], _near[(i * _count) + k]);
        }

        for (int k = 0; k < _count; k++)
        {
            (_near[(k * _count) + i], _near[(k * _count) + j]) = (_near[(k * _count) + j], _near[(k * _count) + i]);
        }
    }
}
