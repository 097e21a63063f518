using System.Collections.Concurrent;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Assignment;

/// <summary>
/// Holds a group of tiles of neighbouring points against the centroids at once: a centroid that is farther from the box
/// of all the points at its nearest than another is at its farthest is nearest to none of them. Where one centroid is
/// left, the points are not even looked at; else first the tiles and then their points are held against those that are
/// left. After D. Pelleg and A. Moore, 1999, "Accelerating exact k-means algorithms with geometric reasoning", with
/// tiles of a space-filling curve for the leaves of their tree. Each tile notes by how much all its points are nearer to
/// their centroids than to any other, and is left alone until the centroids have moved by as much, as G. Hamerly's
/// bounds do for single points (2010, "Making k-means even faster").
/// </summary>
/// <param name="points">n x d points, d small.</param>
/// <param name="order">An order that keeps neighbours together; null for the points' own.</param>
/// <param name="boxes">The boxes of the tiles of that order.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class BoxFilterAssignment<T>(PointSet<T> points, int[]? order, TileBoxes<T> boxes, TileKernel<T> kernel) : AssignmentMethod<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Mixed = -1;

    private readonly int _width = PointTile.Width<T>();
    private readonly int[] _clusterOfTile = Filled(boxes.TileCount, Mixed);
    private readonly int[] _clusterOfGroup = Filled(boxes.GroupCount, Mixed);

    // A tile, or a group, is safe in its clusters until the drift has grown past this.
    private readonly T[] _tileSafeUntil = Filled(boxes.TileCount, T.NegativeInfinity);
    private readonly T[] _groupSafeUntil = Filled(boxes.GroupCount, T.NegativeInfinity);
    private readonly ConcurrentBag<(NearCentroids<T> OfGroup, NearCentroids<T> OfTile)> _room = [];
    private T[] _centroids = [];
    private CentroidPanels<T>? _panels;

    // How far any two centroids can have moved in all, rounded upwards.
    private double _drift;
    private T _roundedDrift;

    internal override void Begin(T[] centroids)
    {
        if (_centroids.Length > 0)
        {
            var moves = CentroidMoves.Between(_centroids, centroids, points.Dimension);
            _drift = Math.BitIncrement(_drift + moves.Longest + moves.Second);
            _roundedDrift = T.BitIncrement(T.CreateTruncating(_drift));
        }

        _centroids = centroids;
        _panels = new CentroidPanels<T>(centroids, points.Dimension);
    }

    internal override void Forget()
    {
        Array.Fill(_clusterOfTile, Mixed);
        Array.Fill(_clusterOfGroup, Mixed);
        Array.Fill(_tileSafeUntil, T.NegativeInfinity);
        Array.Fill(_groupSafeUntil, T.NegativeInfinity);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Assign(int start, int length, int[] clusters, BlockMoves<T>? moves, CancellationToken cancellationToken)
    {
        int pointsOfGroup = TileBoxes<T>.TilesOfGroup * _width;
        Debug.Assert(start % pointsOfGroup == 0, "A block is a whole number of groups.");
        var (ofGroup, ofTile) = _room.TryTake(out var room) ? room : NewRoom();
        int moved = 0;
        for (int first = start; first < start + length; first += pointsOfGroup)
        {
            int group = first / pointsOfGroup;
            if (_groupSafeUntil[group] > _roundedDrift)
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

            T safeUntil = SafeUntil(ofGroup.Gap);
            _groupSafeUntil[group] = safeUntil;
            Array.Fill(_tileSafeUntil, safeUntil, first / _width, (end - first + _width - 1) / _width);
            if (_clusterOfGroup[group] != ofGroup.Clusters[0])
            {
                _clusterOfGroup[group] = ofGroup.Clusters[0];
                for (int place = first; place < end; place += _width)
                {
                    moved += MoveTile(place, Math.Min(_width, end - place), ofGroup.Clusters[0], clusters, moves);
                }
            }
        }

        _room.Add((ofGroup, ofTile));
        return moved;
    }

    // The tiles of a group are held against the centroids near the group, and the points of a tile against what is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AssignTiles(int first, int end, NearCentroids<T> ofGroup, NearCentroids<T> ofTile, int[] clusters, BlockMoves<T>? moves)
    {
        Span<int> nearest = stackalloc int[_width];
        Span<T> squares = stackalloc T[_width];
        Span<T> seconds = stackalloc T[_width];
        Span<T> values = stackalloc T[points.Dimension * _width];
        var panels = ofGroup.ToPanels(_centroids);
        T groupSafeUntil = T.PositiveInfinity;
        int moved = 0;
        for (int place = first; place < end; place += _width)
        {
            int tile = place / _width;
            if (_tileSafeUntil[tile] <= _roundedDrift)
            {
                int count = Math.Min(_width, end - place);
                ofTile.Find(kernel, boxes[tile], panels, ofGroup);
                double gap = Math.Min(ofGroup.Gap, ofTile.Gap);
                if (ofTile.Count == 1)
                {
                    moved += MoveTile(place, count, ofTile.Clusters[0], clusters, moves);
                }
                else
                {
                    PointTile.Load(points.Values, order, place, count, points.Dimension, values);
                    kernel.NearestTwo(values, ofTile.Rows(_centroids), points.Dimension, nearest, squares, seconds);
                    gap = Math.Min(gap, kernel.LeastGap(squares, seconds, points.Dimension));
                    moved += MovePoints(place, count, ofTile.Clusters, nearest, clusters, moves);
                    _clusterOfTile[tile] = Mixed;
                }

                _tileSafeUntil[tile] = SafeUntil(gap);
            }

            groupSafeUntil = T.Min(groupSafeUntil, _tileSafeUntil[tile]);
        }

        _groupSafeUntil[first / (TileBoxes<T>.TilesOfGroup * _width)] = groupSafeUntil;
        return moved;
    }

    private int MoveTile(int first, int count, int cluster, int[] clusters, BlockMoves<T>? moves)
    {
        int tile = first / _width;
        if (_clusterOfTile[tile] == cluster)
        {
            return 0;
        }

        _clusterOfTile[tile] = cluster;
        int moved = 0;
        for (int place = first; place < first + count; place++)
        {
            moved += Move(order is null ? place : order[place], cluster, clusters, moves);
        }

        return moved;
    }

    private int MovePoints(int first, int count, ReadOnlySpan<int> numbers, Span<int> nearest, int[] clusters, BlockMoves<T>? moves)
    {
        for (int lane = 0; lane < nearest.Length; lane++)
        {
            nearest[lane] = numbers[nearest[lane]];
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

    private (NearCentroids<T> OfGroup, NearCentroids<T> OfTile) NewRoom()
    {
        int k = _centroids.Length / points.Dimension;
        return (new NearCentroids<T>(k, points.Dimension), new NearCentroids<T>(k, points.Dimension));
    }

    private T SafeUntil(double gap) => T.BitDecrement(T.CreateTruncating(_drift + gap));

    private static TValue[] Filled<TValue>(int count, TValue value)
    {
        var values = new TValue[count];
        Array.Fill(values, value);
        return values;
    }
}
