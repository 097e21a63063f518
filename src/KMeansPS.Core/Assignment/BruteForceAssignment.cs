using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Assignment;

/// <summary>
/// The nearest centroid of every point, by looking at every centroid: the reference that any faster way must equal
/// (S. Lloyd, 1982, "Least squares quantization in PCM").
/// </summary>
/// <param name="points">n x d points.</param>
/// <param name="kernel">The kernel that measures.</param>
internal sealed class BruteForceAssignment<T>(PointSet<T> points, TileKernel<T> kernel)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Finds the nearest centroid of consecutive points. n x K x d multiplications.</summary>
    /// <param name="start">The first point.</param>
    /// <param name="centroids">K x d values.</param>
    /// <param name="nearest">Where the cluster numbers go; its length says how many points.</param>
    /// <param name="cancellationToken">Looked at before each tile.</param>
    internal void Assign(int start, ReadOnlySpan<T> centroids, Span<int> nearest, CancellationToken cancellationToken)
    {
        int width = PointTile.Width<T>();
        Span<int> labels = stackalloc int[width];
        Span<T> squares = stackalloc T[width];
        using var tiles = new TileCursor<T>(points, start, nearest.Length, cancellationToken);
        while (tiles.MoveNext())
        {
            kernel.Nearest(tiles.Tile, centroids, points.Dimension, labels, squares);
            labels[..tiles.Count].CopyTo(nearest[(tiles.First - start)..]);
        }
    }
}
