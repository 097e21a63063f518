using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Update;

namespace KMeansPS.Assignment;

/// <summary>
/// A way to find the nearest centroid of every point, round after round. All ways give the same clusters, those of the
/// plain one, <see cref="BruteForceAssignment{T}"/>: the distances are those of its kernel, of equally near centroids
/// the lowest is taken, and what a way leaves out it has proved to be farther, rounding included.
/// </summary>
internal abstract class AssignmentMethod<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes ready for one round with these centroids.</summary>
    /// <param name="centroids">K x d values.</param>
    internal abstract void Begin(T[] centroids);

    /// <summary>Drops all that is known of the former round: clusters were changed from outside.</summary>
    internal virtual void Forget()
    {
    }

    /// <summary>Assigns the points at consecutive places of the order. Different places may be assigned at the same time.</summary>
    /// <param name="start">The first place.</param>
    /// <param name="length">How many places.</param>
    /// <param name="clusters">The cluster of each point of the set, -1 for none yet; brought up to date.</param>
    /// <param name="moves">Told of each point that gets another cluster; null where nobody asks, as of first clusters.</param>
    /// <param name="cancellationToken">Looked at before each tile.</param>
    /// <returns>How many points moved; without moves at least as many.</returns>
    internal abstract int Assign(int start, int length, int[] clusters, BlockMoves<T>? moves, CancellationToken cancellationToken);

    /// <summary>Gives a point its new cluster and says whether it moved.</summary>
    private protected static int Move(int point, int cluster, int[] clusters, BlockMoves<T>? moves)
    {
        int before = clusters[point];
        if (before == cluster)
        {
            return 0;
        }

        clusters[point] = cluster;
        moves?.Note(point, before, cluster);
        return 1;
    }
}
