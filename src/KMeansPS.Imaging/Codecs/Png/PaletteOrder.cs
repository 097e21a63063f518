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
    // Costs are in units of 1/32 bit. The 2^21 neighbours that two entries may have at the most, moved from the cheapest
    // difference to the dearest, which takes 20 bits, make less than 2^31 of them.
    private const int Finer = FixedLog2.One / 32;
    private readonly int _count;
    private readonly int _period;
    private readonly int _firstOpaque;
    private readonly byte[] _order;

    // How often the entries at two places are neighbours.
    private readonly int[] _near;

    // The cost of each difference of places from -count to count.
    private readonly int[] _costs;

    private PaletteOrder(Palette palette, NeighborCounts counts, int period)
    {
        _count = counts.Count;
        _period = period;
        _order = AlphaFirst(palette, Zeng(counts), out _firstOpaque);
        _near = new int[_count * _count];
        _costs = new int[2 * _count];
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
        var nearness = new long[n];
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
            long pull = 0;
            for (int i = 0; i < list.Count; i++)
            {
                pull += (list.Count - 1 - (2L * i)) * beside[list[i]];
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
        Span<int> sums = stackalloc int[_period];
        sums.Clear();
        int total = 0;
        for (int i = 0; i < _count; i++)
        {
            for (int j = 0; j < _count; j++)
            {
                sums[(j - i) & (_period - 1)] += _near[(i * _count) + j];
                total += _near[(i * _count) + j];
            }
        }

        int all = FixedLog2.Of(Math.Max(total, 1));
        for (int difference = -_count; difference < _count; difference++)
        {
            _costs[difference + _count] = (all - FixedLog2.Of(Math.Max(sums[difference & (_period - 1)], 1))) / Finer;
        }
    }

    // All numbers are whole, so that the sum is the same whatever the width of a vector.
    private int GainOfExchange(int i, int j)
    {
        ref int nearFirst = ref _near[i * _count];
        ref int nearSecond = ref _near[j * _count];
        ref int fromFirst = ref _costs[_count - i];
        ref int fromSecond = ref _costs[_count - j];
        var sums = Vector<int>.Zero;
        int k = 0;
        for (; k <= _count - Vector<int>.Count; k += Vector<int>.Count)
        {
            sums += (Vector.LoadUnsafe(ref nearFirst, (nuint)k) - Vector.LoadUnsafe(ref nearSecond, (nuint)k))
                * (Vector.LoadUnsafe(ref fromFirst, (nuint)k) - Vector.LoadUnsafe(ref fromSecond, (nuint)k));
        }

        int sum = Vector.Sum(sums);
        for (; k < _count; k++)
        {
            sum += Term(k);
        }

        // What lies between the two themselves does not change.
        return sum - Term(i) - Term(j);

        int Term(int at) =>
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
