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
    /// <param name="indices">The index of each point, by which one is the first; null for its own. Asked for only where a cluster is empty.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <returns>Whether a point was moved. Clusters stay empty only where no cluster has points at two places.</returns>
    internal static bool Fill<T>(
        PointSet<T> points, ReadOnlySpan<T> centroids, int[] clusters, ClusterSums<T> sums, Blocks blocks, Func<int[]?> indices, ParallelOptions parallel)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int k = centroids.Length / points.Dimension;
        double[]? squares = null;
        bool[] divisible = [];
        int[]? index = null;
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
                index = indices();
            }

            int farthest = Farthest(squares, index, i => divisible[clusters[i]] && sums.CountOf(clusters[i]) > 1, blocks, parallel);
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

    // The farthest of the points that may go, of equally far ones the first; -1 where none is away from its centroid.
    private static int Farthest(double[] squares, int[]? index, Func<int, bool> mayGo, Blocks blocks, ParallelOptions parallel)
    {
        bool IsFarther(int one, int other) => other < 0
            ? squares[one] > 0
            : squares[one] > squares[other] || (squares[one] == squares[other] && index is not null && index[one] < index[other]);

        var ofBlock = new int[blocks.Count];
        blocks.ForEach(parallel, block =>
        {
            int found = -1;
            double greatest = 0;
            for (int i = blocks.Start(block); i < blocks.Start(block) + blocks.Length(block); i++)
            {
                if (squares[i] >= greatest && IsFarther(i, found) && mayGo(i))
                {
                    (found, greatest) = (i, squares[i]);
                }
            }

            ofBlock[block] = found;
        });
        int farthest = -1;
        foreach (int found in ofBlock)
        {
            farthest = found >= 0 && IsFarther(found, farthest) ? found : farthest;
        }

        return farthest;
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
