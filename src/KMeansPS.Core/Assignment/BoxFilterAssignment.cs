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
/// left. After D. Pelleg and A. Moore, 1999,
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

    private readonly int[] _clusterOfTile = NoClusters(boxes.TileCount);
    private readonly int[] _clusterOfGroup = NoClusters(boxes.GroupCount);
    private T[] _centroids = [];
    private CentroidPanels<T>? _panels;

    internal override void Begin(T[] centroids)
    {
        _centroids = centroids;
        _panels = new CentroidPanels<T>(centroids, points.Dimension);
    }

    internal override void Forget()
    {
        Array.Fill(_clusterOfTile, Mixed);
        Array.Fill(_clusterOfGroup, Mixed);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override int Assign(int start, int length, int[] clusters, BlockMoves<T>? moves, CancellationToken cancellationToken)
    {
        int pointsOfGroup = TileBoxes<T>.TilesOfGroup * PointTile.Width<T>();
        Debug.Assert(start % pointsOfGroup == 0, "A block is a whole number of groups.");
        var forGroup = new Candidates(_centroids, points.Dimension);
        var forTile = new Candidates(_centroids, points.Dimension);
        int moved = 0;
        for (int first = start; first < start + length; first += pointsOfGroup)
        {
            int group = first / pointsOfGroup;
            int count = Math.Min(pointsOfGroup, start + length - first);
            forGroup.Count = kernel.CandidatesForBox(boxes.Group(group), _panels!, forGroup.Lower, forGroup.Clusters);
            int only = forGroup.Only;
            if (only == Mixed || _clusterOfGroup[group] != only)
            {
                _clusterOfGroup[group] = only;
                using var tiles = new TileCursor<T>(points, order, first, count, cancellationToken);
                moved += only == Mixed
                    ? AssignTiles(tiles, forGroup, forTile, clusters, moves)
                    : MoveTiles(tiles, only, clusters, moves);
            }
        }

        return moved;
    }

    // The tiles of a group are held against the candidates of the group, and the points of a tile against what is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AssignTiles(TileCursor<T> tiles, Candidates forGroup, Candidates forTile, int[] clusters, BlockMoves<T>? moves)
    {
        int d = points.Dimension;
        int width = PointTile.Width<T>();
        Span<int> nearest = stackalloc int[width];
        Span<T> squares = stackalloc T[width];
        var panels = forGroup.ToPanels();
        int moved = 0;
        while (tiles.MoveNext())
        {
            int tile = tiles.First / width;
            forTile.Count = kernel.CandidatesForBox(boxes[tile], panels, forTile.Lower, forTile.Clusters);
            for (int i = 0; i < forTile.Count; i++)
            {
                forTile.Clusters[i] = forGroup.Clusters[forTile.Clusters[i]];
            }

            if (forTile.Only != Mixed)
            {
                moved += MoveTile(tiles, forTile.Only, clusters, moves);
                continue;
            }

            _clusterOfTile[tile] = Mixed;
            kernel.Nearest(tiles.Load(), forTile.Rows(), d, nearest, squares);
            for (int lane = 0; lane < tiles.Count; lane++)
            {
                moved += Move(tiles.PointAt(lane), forTile.Clusters[nearest[lane]], clusters, moves);
            }
        }

        return moved;
    }

    private int MoveTiles(TileCursor<T> tiles, int cluster, int[] clusters, BlockMoves<T>? moves)
    {
        int moved = 0;
        while (tiles.MoveNext())
        {
            moved += MoveTile(tiles, cluster, clusters, moves);
        }

        return moved;
    }

    private int MoveTile(in TileCursor<T> tiles, int cluster, int[] clusters, BlockMoves<T>? moves)
    {
        int tile = tiles.First / PointTile.Width<T>();
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

    private static int[] NoClusters(int count)
    {
        var clusters = new int[count];
        Array.Fill(clusters, Mixed);
        return clusters;
    }

    /// <summary>The centroids that can be nearest to a point of a box, and room to find them.</summary>
    private sealed class Candidates(T[] centroids, int dimension)
    {
        private readonly T[] _rows = new T[centroids.Length];
        private CentroidPanels<T>? _panels;

        internal T[] Lower { get; } = new T[Room(centroids, dimension)];

        /// <summary>Their numbers, ascending.</summary>
        internal int[] Clusters { get; } = new int[Room(centroids, dimension)];

        internal int Count { get; set; }

        /// <summary>The one candidate, where there is only one.</summary>
        internal int Only => Count == 1 ? Clusters[0] : Mixed;

        /// <summary>Their values, row by row.</summary>
        internal ReadOnlySpan<T> Rows()
        {
            for (int i = 0; i < Count; i++)
            {
                centroids.AsSpan(Clusters[i] * dimension, dimension).CopyTo(_rows.AsSpan(i * dimension));
            }

            return _rows.AsSpan(0, Count * dimension);
        }

        internal CentroidPanels<T> ToPanels()
        {
            if (_panels is null)
            {
                _panels = new CentroidPanels<T>(Rows(), dimension);
            }
            else
            {
                _panels.Fill(Rows());
            }

            return _panels;
        }

        private static int Room(T[] centroids, int dimension) => (centroids.Length / dimension) + CentroidPanels<T>.Width;
    }
}
