using System.Numerics;
using System.Runtime.CompilerServices;
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
    private const int Lanes = 16;
    private const int Axes = 4;
    private const int BitsOfOrder = 7;
    private const int LooksApart = 256;

    // More than rounding adds, for each unit: a neighbour that is passed over is found later from its own side, and then the
    // chain comes back to where it was.
    private const float Margin = 1 + 2e-6f;

    // Farther than any point: where merged clusters are put.
    private const float Gone = 1e18f;

    // Vectors that are read together lie together: of a tile of 16 places four coordinates and one over the weight; of 16
    // tiles the four middles of their boxes, half their edges, and the largest one over a weight.
    private const int Inverse = Axes;
    private const int SizeOfTile = (Axes + 1) * Lanes;
    private const int Half = Axes;
    private const int Largest = 2 * Axes;
    private const int SizeOfBoxes = ((2 * Axes) + 1) * Lanes;

    private readonly int _count;
    private readonly float[] _tiles;
    private readonly float[] _boxes;

    private PairwiseMerging(PointSet<float> points, int[] order)
    {
        _count = points.Count;
        int groups = (_count + (Lanes * Lanes) - 1) / (Lanes * Lanes);
        _tiles = new float[groups * Lanes * SizeOfTile];
        _boxes = new float[groups * SizeOfBoxes];
        for (int place = 0; place < groups * Lanes * Lanes; place++)
        {
            OfPlace(place, 0) = Gone;
        }

        for (int place = 0; place < _count; place++)
        {
            var point = points[order[place]];
            for (int j = 0; j < point.Length; j++)
            {
                OfPlace(place, j) = point[j];
            }

            OfPlace(place, Inverse) = (float)(1 / points.Weights[order[place]]);
        }

        for (int tile = 0; tile < groups * Lanes; tile++)
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
                while (OfPlace(first, 0) == Gone)
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

    private ref float OfPlace(int place, int column) => ref _tiles[(place / Lanes * SizeOfTile) + (column * Lanes) + (place % Lanes)];

    private ref float OfBox(int tile, int column) => ref _boxes[(tile / Lanes * SizeOfBoxes) + (column * Lanes) + (tile % Lanes)];

    private void Merge(int from, int into)
    {
        double weight = 1.0 / OfPlace(from, Inverse);
        double other = 1.0 / OfPlace(into, Inverse);
        for (int j = 0; j < Axes; j++)
        {
            OfPlace(into, j) = (float)(((OfPlace(from, j) * weight) + (OfPlace(into, j) * other)) / (weight + other));
        }

        OfPlace(into, Inverse) = (float)(1 / (weight + other));
        OfPlace(from, 0) = Gone;
        Bound(into / Lanes);
        Bound(from / Lanes);
    }

    private float Cost(int first, int second)
    {
        float square = 0;
        for (int j = 0; j < Axes; j++)
        {
            float way = OfPlace(first, j) - OfPlace(second, j);
            square += way * way;
        }

        return square / (OfPlace(first, Inverse) + OfPlace(second, Inverse));
    }

    // The cluster that a cluster is merged with at least cost: the one that is known, if none costs less.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private (int Place, float Cost) Nearest(int place, (int Place, float Cost) known)
    {
        var x = Vector512.Create(OfPlace(place, 0));
        var y = Vector512.Create(OfPlace(place, 1));
        var z = Vector512.Create(OfPlace(place, 2));
        var w = Vector512.Create(OfPlace(place, 3));
        var inverse = Vector512.Create(OfPlace(place, Inverse));
        OfPlace(place, 0) = Gone; // it is not its own neighbour
        int own = place / Lanes;
        var (nearest, least) = NearestOfTile(own, x, y, z, w, inverse, known);
        for (int group = 0; group < _boxes.Length / SizeOfBoxes; group++)
        {
            ref float boxes = ref _boxes[group * SizeOfBoxes];
            var (dx, dy, dz, dw) = (Off(ref boxes, 0, x), Off(ref boxes, 1, y), Off(ref boxes, 2, z), Off(ref boxes, 3, w));
            var square = (dx * dx) + (dy * dy) + (dz * dz) + (dw * dw);
            var bound = Vector512.Create(least * Margin) * (Load(ref boxes, Largest) + inverse);
            for (ulong near = Vector512.LessThan(square, bound).ExtractMostSignificantBits(); near != 0; near &= near - 1)
            {
                int tile = (group * Lanes) + BitOperations.TrailingZeroCount(near);
                if (tile != own)
                {
                    (nearest, least) = NearestOfTile(tile, x, y, z, w, inverse, (nearest, least));
                }
            }
        }

        OfPlace(place, 0) = x.ToScalar();
        return (nearest, least);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (int Place, float Cost) NearestOfTile(
        int tile, Vector512<float> x, Vector512<float> y, Vector512<float> z, Vector512<float> w, Vector512<float> inverse, (int Place, float Cost) nearest)
    {
        ref float places = ref _tiles[tile * SizeOfTile];
        var (dx, dy, dz, dw) = (Load(ref places, 0) - x, Load(ref places, 1) - y, Load(ref places, 2) - z, Load(ref places, 3) - w);
        var cost = ((dx * dx) + (dy * dy) + (dz * dz) + (dw * dw)) / (Load(ref places, Inverse) + inverse);
        for (ulong nearer = Vector512.LessThan(cost, Vector512.Create(nearest.Cost)).ExtractMostSignificantBits(); nearer != 0; nearer &= nearer - 1)
        {
            int lane = BitOperations.TrailingZeroCount(nearer);
            if (cost[lane] < nearest.Cost)
            {
                nearest = ((tile * Lanes) + lane, cost[lane]);
            }
        }

        return nearest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ref float start, int column) => Vector512.LoadUnsafe(ref start, (nuint)(column * Lanes));

    // How far a value lies outside the boxes of tiles.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Off(ref float boxes, int axis, Vector512<float> value)
    {
        var off = Vector512.Abs(Load(ref boxes, axis) - value) - Load(ref boxes, Half + axis);
        return off & Vector512.GreaterThan(off, Vector512<float>.Zero); // a maximum that heeds NaN takes longer
    }

    // The box of what is left in a tile; where nothing is, it is gone too.
    private void Bound(int tile)
    {
        Span<float> least = stackalloc float[Axes];
        Span<float> most = stackalloc float[Axes];
        least.Fill(float.PositiveInfinity);
        most.Fill(float.NegativeInfinity);
        float largest = 0;
        var places = _tiles.AsSpan(tile * SizeOfTile, SizeOfTile);
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (places[lane] != Gone)
            {
                largest = Math.Max(largest, places[(Inverse * Lanes) + lane]);
                for (int j = 0; j < Axes; j++)
                {
                    least[j] = Math.Min(least[j], places[(j * Lanes) + lane]);
                    most[j] = Math.Max(most[j], places[(j * Lanes) + lane]);
                }
            }
        }

        bool isGone = largest == 0;
        for (int j = 0; j < Axes; j++)
        {
            float middle = (least[j] + most[j]) / 2;
            OfBox(tile, j) = isGone ? Gone : middle;
            OfBox(tile, Half + j) = isGone ? 0 : Math.Max(most[j] - middle, middle - least[j]) * Margin;
        }

        OfBox(tile, Largest) = isGone ? 1 : largest;
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
}
