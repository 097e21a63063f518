using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// Initial centroids by merging: of all pairs of clusters, those whose merger raises the inertia least become one, until
/// K are left (J. H. Ward, 1963, "Hierarchical grouping to optimize an objective function"; for colours W. H. Equitz,
/// 1989, "A new vector quantization clustering algorithm"). The mergers are found along chains of nearest neighbours,
/// which gives the same tree in some other order (F. Murtagh, 1983, "A survey of recent advances in hierarchical clustering
/// algorithms"). A neighbour is looked for in tiles of points that lie close together, and a tile is passed over when its
/// box is too far away: for n points about three searches each, of n / 256 vectors of boxes and a few tiles.
/// </summary>
internal sealed class PairwiseMerging
{
    private const int Columns = 4;
    private const int BitsOfOrder = 7;
    private const int LooksApart = 256;

    // Farther than any point: where merged clusters are put.
    private const float Gone = 1e18f;

    private readonly int _count;

    // For each place four coordinates and one over the weight; for each tile of places its box and the largest of these.
    private readonly float[][] _coordinates;
    private readonly float[] _inverses;
    private readonly float[][] _middles;
    private readonly float[][] _halves;
    private readonly float[] _largest;

    private PairwiseMerging(PointSet<float> points, int[] order)
    {
        _count = points.Count;
        int tiles = WholeVectors((_count + Vector512<float>.Count - 1) / Vector512<float>.Count);
        _coordinates = NewColumns(tiles * Vector512<float>.Count);
        _inverses = new float[tiles * Vector512<float>.Count];
        _middles = NewColumns(tiles);
        _halves = NewColumns(tiles);
        _largest = new float[tiles];
        _coordinates[0].AsSpan(_count).Fill(Gone);
        for (int place = 0; place < _count; place++)
        {
            var point = points[order[place]];
            for (int j = 0; j < point.Length; j++)
            {
                _coordinates[j][place] = point[j];
            }

            _inverses[place] = (float)(1 / points.Weights[order[place]]);
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            Bound(tile);
        }
    }

    /// <summary>K centroids of weighted points.</summary>
    /// <param name="points">n weighted points of up to four dimensions, n at least K; a few thousand.</param>
    /// <param name="k">K.</param>
    /// <param name="reach">A power of two that no coordinate reaches.</param>
    /// <param name="cancellationToken">Looked at every few hundred searches.</param>
    internal static PointSet<float> Centroids(PointSet<float> points, int k, int reach, CancellationToken cancellationToken)
    {
        int[] order = Order(points, reach);
        int[] into = new PairwiseMerging(points, order).Merge(k, cancellationToken);
        return Means(points, order, into, k);
    }

    // For each place the one that it was merged into, or itself: the n - K cheapest mergers.
    private int[] Merge(int k, CancellationToken cancellationToken)
    {
        var mergers = new List<(float Cost, int From, int Into)>(_count);
        var chain = new Stack<int>();
        int first = 0;
        for (int searches = 0; mergers.Count < _count - 1; searches++)
        {
            if (searches % LooksApart == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (chain.Count == 0)
            {
                while (_coordinates[0][first] == Gone)
                {
                    first++;
                }

                chain.Push(first);
            }

            int last = chain.Pop();
            bool isLone = !chain.TryPeek(out int former);
            var (nearest, cost) = Nearest(last, isLone ? (-1, float.PositiveInfinity) : (former, Cost(last, former)));
            if (!isLone && nearest == former)
            {
                chain.Pop();
                mergers.Add((cost, last, former));
                Merge(last, former);
            }
            else
            {
                chain.Push(last);
                chain.Push(nearest);
            }
        }

        int[] into = [.. Enumerable.Range(0, _count)];
        foreach (var (_, from, to) in mergers.OrderBy(static merger => merger.Cost).Take(_count - k))
        {
            into[from] = to;
        }

        return into;
    }

    private void Merge(int from, int into)
    {
        double weight = 1.0 / _inverses[from];
        double other = 1.0 / _inverses[into];
        foreach (float[] column in _coordinates)
        {
            column[into] = (float)(((column[from] * weight) + (column[into] * other)) / (weight + other));
        }

        _inverses[into] = (float)(1 / (weight + other));
        _coordinates[0][from] = Gone;
        Bound(into / Vector512<float>.Count);
        Bound(from / Vector512<float>.Count);
    }

    private float Cost(int first, int second)
    {
        float square = 0;
        foreach (float[] column in _coordinates)
        {
            float way = column[first] - column[second];
            square += way * way;
        }

        return square / (_inverses[first] + _inverses[second]);
    }

    // The cluster that a cluster is merged with at least cost: the one that is known, if none costs less.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private (int Place, float Cost) Nearest(int place, (int Place, float Cost) known)
    {
        var (x, y, z, w) = (Lanes(_coordinates[0][place]), Lanes(_coordinates[1][place]), Lanes(_coordinates[2][place]), Lanes(_coordinates[3][place]));
        var inverse = Lanes(_inverses[place]);
        _coordinates[0][place] = Gone; // it is not its own neighbour
        int own = place / Vector512<float>.Count;
        var (nearest, least) = NearestOfTile(own, x, y, z, w, inverse, known);
        for (int first = 0; first < _largest.Length; first += Vector512<float>.Count)
        {
            var (dx, dy, dz, dw) = (Off(0, first, x), Off(1, first, y), Off(2, first, z), Off(3, first, w));
            var square = (dx * dx) + (dy * dy) + (dz * dz) + (dw * dw);
            var bound = Lanes(least) * (Load(_largest, first) + inverse);
            for (ulong near = Vector512.LessThan(square, bound).ExtractMostSignificantBits(); near != 0; near &= near - 1)
            {
                int tile = first + BitOperations.TrailingZeroCount(near);
                if (tile != own)
                {
                    (nearest, least) = NearestOfTile(tile, x, y, z, w, inverse, (nearest, least));
                }
            }
        }

        _coordinates[0][place] = x.ToScalar();
        return (nearest, least);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (int Place, float Cost) NearestOfTile(
        int tile, Vector512<float> x, Vector512<float> y, Vector512<float> z, Vector512<float> w, Vector512<float> inverse, (int Place, float Cost) nearest)
    {
        int first = tile * Vector512<float>.Count;
        var (dx, dy, dz, dw) = (Way(0, first, x), Way(1, first, y), Way(2, first, z), Way(3, first, w));
        var cost = ((dx * dx) + (dy * dy) + (dz * dz) + (dw * dw)) / (Load(_inverses, first) + inverse);
        for (ulong nearer = Vector512.LessThan(cost, Lanes(nearest.Cost)).ExtractMostSignificantBits(); nearer != 0; nearer &= nearer - 1)
        {
            int lane = BitOperations.TrailingZeroCount(nearer);
            if (cost[lane] < nearest.Cost)
            {
                nearest = (first + lane, cost[lane]);
            }
        }

        return nearest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Lanes(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(float[] values, int first) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(values), (nuint)first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Way(int column, int first, Vector512<float> from) => Load(_coordinates[column], first) - from;

    // How far a value lies outside the boxes of tiles.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Off(int column, int first, Vector512<float> value)
    {
        var off = Vector512.Abs(Load(_middles[column], first) - value) - Load(_halves[column], first);
        return off & Vector512.GreaterThan(off, Vector512<float>.Zero); // a maximum that heeds NaN takes longer
    }

    // The box of what is left in a tile; where nothing is, it is gone too.
    private void Bound(int tile)
    {
        Span<float> least = stackalloc float[Columns];
        Span<float> most = stackalloc float[Columns];
        least.Fill(float.PositiveInfinity);
        most.Fill(float.NegativeInfinity);
        float largest = 0;
        int first = tile * Vector512<float>.Count;
        for (int place = first; place < first + Vector512<float>.Count; place++)
        {
            if (_coordinates[0][place] != Gone)
            {
                largest = Math.Max(largest, _inverses[place]);
                for (int j = 0; j < Columns; j++)
                {
                    least[j] = Math.Min(least[j], _coordinates[j][place]);
                    most[j] = Math.Max(most[j], _coordinates[j][place]);
                }
            }
        }

        bool isGone = largest == 0;
        for (int j = 0; j < Columns; j++)
        {
            _middles[j][tile] = isGone ? Gone : (least[j] + most[j]) / 2;
            _halves[j][tile] = isGone ? 0 : (most[j] - least[j]) / 2;
        }

        _largest[tile] = isGone ? 1 : largest;
    }

    // The order of a Z-shaped curve, on which neighbours are mostly close together.
    private static int[] Order(PointSet<float> points, int reach)
    {
        var keys = new ulong[points.Count];
        int[] order = new int[points.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            ulong key = 0;
            for (int bit = BitsOfOrder - 1; bit >= 0; bit--)
            {
                foreach (float value in points[i])
                {
                    int cell = (int)((value + reach) * ((1 << BitsOfOrder) / (2f * reach)));
                    key = (key << 1) | (uint)((cell >> bit) & 1);
                }
            }

            keys[i] = (key << 32) | (uint)i;
            order[i] = i;
        }

        Array.Sort(keys, order);
        return order;
    }

    private static PointSet<float> Means(PointSet<float> points, int[] order, int[] into, int k)
    {
        int d = points.Dimension;
        int[] clusterOfPlace = new int[into.Length];
        Array.Fill(clusterOfPlace, -1);
        var sums = new double[k * d];
        var weights = new double[k];
        int clusters = 0;
        for (int place = 0; place < into.Length; place++)
        {
            int root = place;
            while (into[root] != root)
            {
                root = into[root] = into[into[root]];
            }

            int cluster = clusterOfPlace[root] < 0 ? clusterOfPlace[root] = clusters++ : clusterOfPlace[root];
            double weight = points.Weights[order[place]];
            weights[cluster] += weight;
            for (int j = 0; j < d; j++)
            {
                sums[(cluster * d) + j] += weight * points[order[place]][j];
            }
        }

        var means = new float[sums.Length];
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = (float)(sums[i] / weights[i / d]);
        }

        return new PointSet<float>(means, d);
    }

    private static float[][] NewColumns(int length) => [new float[length], new float[length], new float[length], new float[length]];

    private static int WholeVectors(int count) => (count + Vector512<float>.Count - 1) / Vector512<float>.Count * Vector512<float>.Count;
}
