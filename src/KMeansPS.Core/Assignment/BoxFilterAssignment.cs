using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Assignment;

/// <summary>
/// Holds a whole tile of neighbouring points against the centroids at once: a centroid that is farther from the tile's
/// box at its nearest than another is at its farthest is nearest to none of the points. Where one centroid is left, the
/// points are not even looked at; else they are held against those that are left. After D. Pelleg and A. Moore, 1999,
/// "Accelerating exact k-means algorithms with geometric reasoning", with tiles of a space-filling curve for the leaves
/// of their tree.
/// </summary>
/// <param name="points">n x d points, d small.</param>
/// <param name="order">An order that keeps neighbours together; null for the points' own.</param>
/// <param name="boxes">The boxes of the tiles of that order.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class BoxFilterAssignment<T>(PointSet<T> points, int[]? order, TileBoxes<T> boxes, TileKernel<T> kernel) : AssignmentMethod<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Mixed = -1;

    private readonly int[] _clusterOfTile = NoClusters(boxes.Count);
    private T[] _centroids = [];
    private CentroidColumns<T>? _columns;

    internal override void Begin(T[] centroids)
    {
        _centroids = centroids;
        _columns = new CentroidColumns<T>(centroids, points.Dimension);
    }

    internal override void Forget() => Array.Fill(_clusterOfTile, Mixed);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Assign(int start, int length, int[] clusters, BlockMoves<T>? moves, CancellationToken cancellationToken)
    {
        int d = points.Dimension;
        int width = PointTile.Width<T>();
        Span<int> nearest = stackalloc int[width];
        Span<T> squares = stackalloc T[width];
        var lower = new T[_columns!.PaddedCount];
        var candidates = new int[_columns.PaddedCount];
        var centroids = new T[_centroids.Length];
        int moved = 0;
        using var tiles = new TileCursor<T>(points, order, start, length, cancellationToken);
        while (tiles.MoveNext())
        {
            int tile = tiles.First / width;
            int count = kernel.CandidatesForBox(boxes[tile], _columns, lower, candidates);
            if (count == 1)
            {
                moved += MoveTile(tiles, tile, candidates[0], clusters, moves);
                continue;
            }

            _clusterOfTile[tile] = Mixed;
            for (int i = 0; i < count; i++)
            {
                _centroids.AsSpan(candidates[i] * d, d).CopyTo(centroids.AsSpan(i * d));
            }

            kernel.Nearest(tiles.Load(), centroids.AsSpan(0, count * d), d, nearest, squares);
            for (int lane = 0; lane < tiles.Count; lane++)
            {
                moved += Move(tiles.PointAt(lane), candidates[nearest[lane]], clusters, moves);
            }
        }

        return moved;
    }

    private int MoveTile(in TileCursor<T> tiles, int tile, int cluster, int[] clusters, BlockMoves<T>? moves)
    {
        if (_clusterOfTile[tile] == cluster)
        {
            return 0;
        }

        _clusterOfTile[tile] = cluster;
        int moved = 0;
        for (int lane = 0; lane < tiles.Count; lane++)
        {
            moved += Move(tiles.PointAt(lane), cluster, clusters, moves);
        }

        return moved;
    }

    private static int[] NoClusters(int tiles)
    {
        var clusters = new int[tiles];
        Array.Fill(clusters, Mixed);
        return clusters;
    }
}
