using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Assignment;

/// <summary>
/// Holds a group of tiles of neighbouring points against the centroids at once: a centroid that is farther from the box
/// of all the points at its nearest than another is at its farthest is nearest to none of them. Where one centroid is
/// left, the points are not even looked at; else first the tiles and then their points are held against those that are
/// left. After D. Pelleg and A. Moore, 1999, "Accelerating exact k-means algorithms with geometric reasoning", with
/// tiles of a space-filling curve for the leaves of their tree. Each tile notes by how much all its points are nearer to
/// their centroids than to any other, and is left alone until the centroids near it have moved by as much, as G.
/// Hamerly's bounds do for single points (2010, "Making k-means even faster").
/// </summary>
/// <param name="points">n x d points, d small.</param>
/// <param name="order">An order that keeps neighbours together; null for the points' own.</param>
/// <param name="boxes">The boxes of the tiles of that order.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class BoxFilterAssignment<T>(PointSet<T> points, int[]? order, TileBoxes<T> boxes, TileKernel<T> kernel) : AssignmentMethod<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Mixed = -1;

    private readonly int[] _clusterOfTile = Filled(boxes.TileCount, Mixed);
    private readonly int[] _clusterOfGroup = Filled(boxes.GroupCount, Mixed);

    // A tile, or a group, is safe in its clusters until the drift of the group has grown past this. What drifts near one
    // tile only is taken off here.
    private readonly double[] _tileSafeUntil = Filled(boxes.TileCount, double.NegativeInfinity);
    private readonly double[] _groupSafeUntil = Filled(boxes.GroupCount, double.NegativeInfinity);

    // Till then no centroid farther than this from the box is nearest to a point.
    private readonly double[] _tileReach = new double[boxes.TileCount];
    private readonly double[] _groupReach = new double[boxes.GroupCount];

    // How far any two centroids near a group can have moved in all, rounded upwards.
    private readonly double[] _drift = new double[boxes.GroupCount];
    private readonly ConcurrentBag<(NearCentroids<T> OfGroup, NearCentroids<T> OfTile, NearMoves<T> Moved)> _room = [];
    private T[] _centroids = [];
    private CentroidPanels<T>? _panels;
    private LocalDrift<T>? _driftOfRound;

    // Known when the code is compiled: to divide by it is a shift.
    private static int Width => PointTile.Width<T>();

    internal override void Begin(T[] centroids)
    {
        _driftOfRound = _centroids.Length > 0 ? new LocalDrift<T>(_centroids, centroids, points.Dimension) : null;
        _centroids = centroids;
        _panels = new CentroidPanels<T>(centroids, points.Dimension);
    }

    internal override void Forget()
    {
        _centroids = [];
        Array.Fill(_clusterOfTile, Mixed);
        Array.Fill(_clusterOfGroup, Mixed);
        Array.Fill(_tileSafeUntil, double.NegativeInfinity);
        Array.Fill(_groupSafeUntil, double.NegativeInfinity);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Assign(int start, int length, int[] clusters, BlockMoves<T>? moves, CancellationToken cancellationToken)
    {
        int pointsOfGroup = TileBoxes<T>.TilesOfGroup * Width;
        Debug.Assert(start % pointsOfGroup == 0, "A block is a whole number of groups.");
        var (ofGroup, ofTile, nearMoves) = _room.TryTake(out var room) ? room : NewRoom();
        int moved = 0;
        for (int first = start; first < start + length; first += pointsOfGroup)
        {
            int group = first / pointsOfGroup;
            if (IsSafe(group, nearMoves))
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            int end = Math.Min(first + pointsOfGroup, start + length);
            ofGroup.Find(kernel, boxes.Group(group), _panels!);
            if (ofGroup.Count > 1)
            {
                _clusterOfGroup[group] = Mixed;
                moved += AssignTiles(first, end, ofGroup, ofTile, clusters, moves);
                continue;
            }

            // All tiles are as safe as the group, and what is near one of them is near the group.
            int tile = first / Width;
            int tiles = (end - first + Width - 1) / Width;
            _groupSafeUntil[group] = SafeUntil(group, ofGroup.Gap);
            _groupReach[group] = ReachOf(FarthestFrom(boxes.Group(group), ofGroup.Clusters[0]), ofGroup.Gap);
            Array.Fill(_tileSafeUntil, _groupSafeUntil[group], tile, tiles);
            Array.Fill(_tileReach, _groupReach[group], tile, tiles);
            if (_clusterOfGroup[group] != ofGroup.Clusters[0])
            {
                _clusterOfGroup[group] = ofGroup.Clusters[0];
                for (int place = first; place < end; place += Width)
                {
                    moved += MoveTile(place, Math.Min(Width, end - place), ofGroup.Clusters[0], clusters, moves);
                }
            }
        }

        _room.Add((ofGroup, ofTile, nearMoves));
        return moved;
    }

    // Whether all points of a group keep their clusters in this round, by what is known of the group or of each tile.
    private bool IsSafe(int group, NearMoves<T> near)
    {
        if (_driftOfRound is null)
        {
            return false;
        }

        double drift = _driftOfRound.IsKnown ? near.Find(_driftOfRound, boxes.Group(group), _groupReach[group]) : _driftOfRound.OfAll;
        double drifted = Math.BitIncrement(_drift[group] + drift);
        bool isSafe = drift == 0 || _groupSafeUntil[group] > drifted;
        if (isSafe || !_driftOfRound.IsKnown)
        {
            _drift[group] = drifted;
            return isSafe;
        }

        isSafe = true;
        _groupSafeUntil[group] = double.PositiveInfinity;
        int end = Math.Min((group + 1) * TileBoxes<T>.TilesOfGroup, boxes.TileCount);
        for (int tile = group * TileBoxes<T>.TilesOfGroup; tile < end; tile++)
        {
            drift = near.Of(boxes[tile], _tileReach[tile]);
            if (drift > 0)
            {
                _tileSafeUntil[tile] = Math.BitDecrement(_tileSafeUntil[tile] - drift);
                isSafe &= _tileSafeUntil[tile] > _drift[group];
            }

            _groupSafeUntil[group] = Math.Min(_groupSafeUntil[group], _tileSafeUntil[tile]);
        }

        return isSafe;
    }

    // The tiles of a group are held against the centroids near the group, and the points of a tile against what is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AssignTiles(int first, int end, NearCentroids<T> ofGroup, NearCentroids<T> ofTile, int[] clusters, BlockMoves<T>? moves)
    {
        Span<int> nearest = stackalloc int[Width];
        Span<T> squares = stackalloc T[Width];
        Span<T> seconds = stackalloc T[Width];
        Span<T> values = stackalloc T[points.Dimension * Width];
        var panels = ofGroup.ToPanels(_centroids);
        int group = first / (TileBoxes<T>.TilesOfGroup * Width);
        double groupSafeUntil = double.PositiveInfinity;
        double groupReach = 0;
        int moved = 0;
        for (int place = first; place < end; place += Width)
        {
            int tile = place / Width;
            if (_tileSafeUntil[tile] <= _drift[group])
            {
                double farthest;
                int count = Math.Min(Width, end - place);
                ofTile.Find(kernel, boxes[tile], panels, ofGroup);
                double gap = Math.Min(ofGroup.Gap, ofTile.Gap);
                if (ofTile.Count == 1)
                {
                    farthest = FarthestFrom(boxes[tile], ofTile.Clusters[0]);
                    moved += MoveTile(place, count, ofTile.Clusters[0], clusters, moves);
                }
                else
                {
                    PointTile.Load(points.Values, order, place, count, points.Dimension, values);
                    kernel.NearestTwo(values, ofTile.Rows(_centroids), points.Dimension, nearest, squares, seconds);
                    gap = Math.Min(gap, kernel.LeastGap(squares, seconds, points.Dimension));
                    farthest = Math.Sqrt(Precision.ToDouble(kernel.Reach(squares, points.Dimension)));
                    moved += MovePoints(place, count, ofTile.Clusters, nearest, clusters, moves);
                    _clusterOfTile[tile] = Mixed;
                }

                _tileSafeUntil[tile] = SafeUntil(group, gap);
                _tileReach[tile] = ReachOf(farthest, gap);
            }

            groupSafeUntil = Math.Min(groupSafeUntil, _tileSafeUntil[tile]);
            groupReach = Math.Max(groupReach, _tileReach[tile]);
        }

        _groupSafeUntil[group] = groupSafeUntil;
        _groupReach[group] = groupReach;
        return moved;
    }

    private int MoveTile(int first, int count, int cluster, int[] clusters, BlockMoves<T>? moves)
    {
        int tile = first / Width;
        if (_clusterOfTile[tile] == cluster)
        {
            return 0;
        }

        _clusterOfTile[tile] = cluster;
        if (moves is null)
        {
            // Points lie anywhere: to read before writing would fetch a line twice from the cache of another thread.
            for (int place = first; place < first + count; place++)
            {
                clusters[order is null ? place : order[place]] = cluster;
            }

            return count;
        }

        int moved = 0;
        for (int place = first; place < first + count; place++)
        {
            moved += Move(order is null ? place : order[place], cluster, clusters, moves);
        }

        return moved;
    }

    private int MovePoints(int first, int count, ReadOnlySpan<int> numbers, Span<int> nearest, int[] clusters, BlockMoves<T>? moves)
    {
        ref int number = ref MemoryMarshal.GetReference(numbers);
        for (int lane = 0; lane < nearest.Length; lane++)
        {
            Debug.Assert((uint)nearest[lane] < (uint)numbers.Length, "It is one of them.");
            nearest[lane] = Unsafe.Add(ref number, nearest[lane]);
        }

        // Most tiles stay as they are, which one comparison of vectors tells.
        if (order is null && clusters.AsSpan(first, count).SequenceEqual(nearest[..count]))
        {
            return 0;
        }

        int moved = 0;
        for (int lane = 0; lane < count; lane++)
        {
            moved += Move(order is null ? first + lane : order[first + lane], nearest[lane], clusters, moves);
        }

        return moved;
    }

    private (NearCentroids<T> OfGroup, NearCentroids<T> OfTile, NearMoves<T> Moved) NewRoom()
    {
        int k = _centroids.Length / points.Dimension;
        return (new NearCentroids<T>(k, points.Dimension), new NearCentroids<T>(k, points.Dimension), new NearMoves<T>(kernel, k, points.Dimension));
    }

    private double SafeUntil(int group, double gap) => Math.BitDecrement(_drift[group] + gap);

    // No point of a box is farther from a centroid, but for rounding.
    private double FarthestFrom(ReadOnlySpan<T> box, int cluster)
    {
        int d = points.Dimension;
        double sum = 0;
        for (int j = 0; j < d; j++)
        {
            double centre = Precision.ToDouble(_centroids[(cluster * d) + j]);
            double side = Math.Max(centre - Precision.ToDouble(box[j]), Precision.ToDouble(box[d + j]) - centre);
            sum += side * side;
        }

        return Math.Sqrt(sum);
    }

    // As long as they are safe, no point gets farther from its centroid than it is now and its gap; a centroid that is
    // farther from it than that, rounding included, is not the nearest.
    private double ReachOf(double farthest, double gap) =>
        ((farthest + Math.Max(gap, 0)) * (1 + Precision.RoundingOfGap<T>(points.Dimension))) + Precision.UnderflowOfGap<T>(points.Dimension);

    private static TValue[] Filled<TValue>(int count, TValue value)
    {
        var values = new TValue[count];
        Array.Fill(values, value);
        return values;
    }
}
