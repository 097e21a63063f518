using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Update;

/// <summary>
/// Gives each emptied cluster the point that lies farthest from its own centroid (of equally far ones the first), as
/// scikit-learn does; never the last point of another cluster.
/// </summary>
internal static class EmptyClusters
{
    /// <returns>Whether a point was moved. Clusters stay empty only where every point lies on a centroid.</returns>
    internal static bool Fill<T>(PointSet<T> points, ReadOnlySpan<T> centroids, int[] clusters, ClusterSums<T> sums, Blocks blocks, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = centroids.Length / points.Dimension;
        double[]? squares = null;
        bool filled = false;
        for (int empty = 0; empty < k; empty++)
        {
            if (sums.CountOf(empty) > 0)
            {
                continue;
            }

            squares ??= OwnDistance.Squares(points, centroids.ToArray(), clusters, blocks, parallel);
            int farthest = -1;
            for (int i = 0; i < squares.Length; i++)
            {
                if (squares[i] > (farthest < 0 ? 0 : squares[farthest]) && sums.CountOf(clusters[i]) > 1)
                {
                    farthest = i;
                }
            }

            if (farthest < 0)
            {
                return filled;
            }

            sums.MoveOne(farthest, clusters[farthest], empty);
            clusters[farthest] = empty;
            squares[farthest] = 0;
            filled = true;
        }

        return filled;
    }
}
