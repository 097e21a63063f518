using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Update;

/// <summary>
/// Gives each emptied cluster the point that lies farthest from its own centroid (of equally far ones the first), as
/// scikit-learn does; never the last point of another cluster.
/// </summary>
internal static class EmptyClusters
{
    /// <param name="points">n x d points.</param>
    /// <param name="centroids">K x d values.</param>
    /// <param name="clusters">The cluster of each point, changed in place.</param>
    /// <param name="sums">The sums of these clusters, changed too.</param>
    /// <param name="blocks">The blocks of the points.</param>
    /// <param name="inOrder">The order in which a point is the first; null for the points' own. Asked for only where a cluster is empty.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <returns>Whether a point was moved. Clusters stay empty only where no cluster has points at two places.</returns>
    internal static bool Fill<T>(
        PointSet<T> points, ReadOnlySpan<T> centroids, int[] clusters, ClusterSums<T> sums, Blocks blocks, Func<int[]?> inOrder, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = centroids.Length / points.Dimension;
        double[]? squares = null;
        bool[] divisible = [];
        int[]? order = null;
        bool filled = false;
        for (int empty = 0; empty < k; empty++)
        {
            if (sums.CountOf(empty) > 0)
            {
                continue;
            }

            parallel.CancellationToken.ThrowIfCancellationRequested();
            if (squares is null)
            {
                squares = OwnDistance.Squares(points, centroids.ToArray(), clusters, blocks, parallel);
                divisible = WithMoreThanOnePlace(points, clusters, k);
                order = inOrder();
            }

            int farthest = -1;
            for (int at = 0; at < squares.Length; at++)
            {
                int i = order is null ? at : order[at];
                if (squares[i] > (farthest < 0 ? 0 : squares[farthest]) && divisible[clusters[i]] && sums.CountOf(clusters[i]) > 1)
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

    // The mean of equal points may be rounded to a place beside them. A cluster of such points has nothing to give:
    // whatever it gave would come back in the next round.
    private static bool[] WithMoreThanOnePlace<T>(PointSet<T> points, int[] clusters, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var first = new int[k];
        Array.Fill(first, -1);
        var divisible = new bool[k];
        for (int i = 0; i < clusters.Length; i++)
        {
            int cluster = clusters[i];
            if (first[cluster] < 0)
            {
                first[cluster] = i;
            }
            else if (!divisible[cluster])
            {
                divisible[cluster] = !points[i].SequenceEqual(points[first[cluster]]);
            }
        }

        return divisible;
    }
}
