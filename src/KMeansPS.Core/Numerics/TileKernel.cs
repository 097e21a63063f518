using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>
/// The distance kernels, over a tile of points (see <see cref="PointTile"/>). The squared distance of a point x and a
/// centroid c is always the same formula, whatever the width of the vectors: with s = 0, for each dimension in
/// ascending order, s = (x - c) x (x - c) + s with one rounding for the subtraction and one for the fused
/// multiply-add. Lanes are points, so that no sum is ever split between lanes.
/// </summary>
internal abstract class TileKernel<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The kernel for the widest vectors that this processor runs fast. All give the same bits.</summary>
    internal static TileKernel<T> ForThisProcessor() =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? new TileKernel<Simd512<T>, Vector512<T>, T>()
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? new TileKernel<Simd256<T>, Vector256<T>, T>()
        : Vector128.IsHardwareAccelerated ? new TileKernel<Simd128<T>, Vector128<T>, T>()
        : new TileKernel<SimdScalar<T>, T, T>();

    /// <summary>
    /// The nearest centroid of every point of a tile; of equally near ones the lowest.
    /// d x K subtractions and fused multiply-adds, K comparisons for each point.
    /// </summary>
    /// <param name="tile">d x width values.</param>
    /// <param name="centroids">K x d values, row by row.</param>
    /// <param name="dimension">d.</param>
    /// <param name="nearest">width cluster numbers.</param>
    /// <param name="distances">width squared distances.</param>
    internal abstract void Nearest(ReadOnlySpan<T> tile, ReadOnlySpan<T> centroids, int dimension, Span<int> nearest, Span<T> distances);

    /// <summary>As <see cref="Nearest"/>, and the squared distance of the second nearest centroid too; infinite where K is 1.</summary>
    /// <param name="tile">d x width values.</param>
    /// <param name="centroids">K x d values, row by row.</param>
    /// <param name="dimension">d.</param>
    /// <param name="nearest">width cluster numbers.</param>
    /// <param name="distances">width squared distances.</param>
    /// <param name="seconds">width squared distances.</param>
    internal abstract void NearestTwo(
        ReadOnlySpan<T> tile, ReadOnlySpan<T> centroids, int dimension, Span<int> nearest, Span<T> distances, Span<T> seconds);

    /// <summary>The box that the points of a tile lie in.</summary>
    /// <param name="tile">d x width values.</param>
    /// <param name="box">Where the least values go, then the greatest: 2 x d.</param>
    internal abstract void Enclose(ReadOnlySpan<T> tile, Span<T> box);

    /// <summary>Lowers each point's squared distance to that from one centroid, where that is less.</summary>
    /// <param name="tile">d x width values.</param>
    /// <param name="centroid">d values.</param>
    /// <param name="distances">width squared distances, lowered in place.</param>
    internal abstract void LowerDistances(ReadOnlySpan<T> tile, ReadOnlySpan<T> centroid, Span<T> distances);

    /// <summary>The squared distances of the points to some rows, and which of them are less than those that are known.</summary>
    /// <param name="tile">d x width values.</param>
    /// <param name="rows">m x d values, row by row.</param>
    /// <param name="known">width squared distances.</param>
    /// <param name="distances">m x width squared distances, row by row.</param>
    /// <param name="nearer">For each row one bit a point that is nearer to it than is known, the first lowest.</param>
    internal abstract void FindNearer(ReadOnlySpan<T> tile, ReadOnlySpan<T> rows, ReadOnlySpan<T> known, Span<T> distances, Span<uint> nearer);

    /// <summary>The squared distances of the centroids to a box: 0 for one inside. d x K x 5 operations.</summary>
    /// <param name="box">The least values of the points, then the greatest: 2 x d.</param>
    /// <param name="centroids">K centroids.</param>
    /// <param name="squares">Room for one distance a padded centroid.</param>
    internal abstract void SquaresToBox(ReadOnlySpan<T> box, CentroidPanels<T> centroids, Span<T> squares);

    /// <summary>
    /// Adds to each lane's sum the distances (not squared) of its point to rows, each times the weight of the row. The
    /// distances are first added among themselves, in the order of the rows. For each row d subtractions and fused
    /// multiply-adds, a square root and a fused multiply-add.
    /// </summary>
    /// <param name="tile">d x width values.</param>
    /// <param name="rows">m x d values, row by row.</param>
    /// <param name="weights">m weights.</param>
    /// <param name="sums">width sums, added to in place.</param>
    internal abstract void AddDistances(ReadOnlySpan<T> tile, ReadOnlySpan<T> rows, ReadOnlySpan<T> weights, Span<T> sums);

    /// <summary>The least squared distance of any centroid to a box, as <see cref="SquaresToBox"/> measures it.</summary>
    /// <param name="box">The least values of the points, then the greatest: 2 x d.</param>
    /// <param name="centroids">K centroids.</param>
    internal abstract T LeastSquareToBox(ReadOnlySpan<T> box, CentroidPanels<T> centroids);

    /// <summary>
    /// A bound for <see cref="SquaresToBox"/>: a centroid that is farther than this from the box of a tile is farther
    /// from each of its points than the point's squared distance here, by more than the rounding of either.
    /// </summary>
    /// <param name="distances">width squared distances.</param>
    /// <param name="dimension">d.</param>
    internal abstract T Reach(ReadOnlySpan<T> distances, int dimension);

    /// <summary>
    /// The centroids that can be nearest to a point of a box. The others are farther from the whole box than one
    /// centroid is from its farthest corner, by more than the rounding of all the distances concerned, so that
    /// <see cref="Nearest"/> could not choose them, not even on a tie. d x K x 5 operations.
    /// </summary>
    /// <param name="box">The least values of the points, then the greatest: 2 x d.</param>
    /// <param name="centroids">K centroids.</param>
    /// <param name="lower">Room for one bound a padded centroid.</param>
    /// <param name="candidates">Where the cluster numbers go, ascending.</param>
    /// <param name="gap">By how much each of the others is farther from any point of the box than a candidate is, rounding taken off.</param>
    /// <returns>How many there are, at least 1.</returns>
    internal abstract int CandidatesForBox(ReadOnlySpan<T> box, CentroidPanels<T> centroids, Span<T> lower, Span<int> candidates, out double gap);

    /// <summary>
    /// As <see cref="CandidatesForBox"/>, but the centroids that can be nearest or second nearest to a point of the box.
    /// K is at least 2.
    /// </summary>
    /// <param name="box">The least values of the points, then the greatest: 2 x d.</param>
    /// <param name="centroids">K centroids.</param>
    /// <param name="lower">Room for one bound a padded centroid.</param>
    /// <param name="candidates">Where the cluster numbers go, ascending.</param>
    /// <returns>How many there are, at least 2.</returns>
    internal abstract int PairsForBox(ReadOnlySpan<T> box, CentroidPanels<T> centroids, Span<T> lower, Span<int> candidates);

    /// <summary>
    /// By how much, at least, the second nearest centroids of a tile's points are farther than the nearest, rounding
    /// taken off: while the centroids move by less, every point keeps its own.
    /// </summary>
    /// <param name="distances">width squared distances of the nearest.</param>
    /// <param name="seconds">width squared distances of the second nearest, finite: K is at least 2.</param>
    /// <param name="dimension">d.</param>
    internal abstract double LeastGap(ReadOnlySpan<T> distances, ReadOnlySpan<T> seconds, int dimension);

    /// <summary>
    /// As <see cref="NearestTwo"/>, for points that are read where they are, against centroids side by side: of use in
    /// many dimensions, where to turn the points into a tile would cost as much as to measure them.
    /// </summary>
    /// <param name="values">All points, row by row.</param>
    /// <param name="points">The indices of the points to look at.</param>
    /// <param name="centroids">K centroids.</param>
    /// <param name="nearest">Where the cluster numbers go.</param>
    /// <param name="distances">Where the squared distances go.</param>
    /// <param name="seconds">Where the squared distances of the second nearest go.</param>
    internal abstract void NearestTwoOfRows(
        ReadOnlySpan<T> values, ReadOnlySpan<int> points, CentroidPanels<T> centroids, Span<int> nearest, Span<T> distances, Span<T> seconds);
}
