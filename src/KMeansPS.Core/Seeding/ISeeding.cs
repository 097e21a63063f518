using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>A way to choose initial centroids among the points.</summary>
internal interface ISeeding<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Chooses K different points; fewer where the method finds no more distinct ones.</summary>
    /// <param name="points">n points.</param>
    /// <param name="k">K, 1 to n.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    /// <returns>The indices of the chosen points, in the order of their choice.</returns>
    int[] Choose(PointSet<T> points, int k, Xoshiro256 random, ParallelOptions parallel);
}
