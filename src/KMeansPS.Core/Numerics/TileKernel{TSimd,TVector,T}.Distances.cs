using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <content>Sums of distances, of which silhouettes are made.</content>
internal sealed partial class TileKernel<TSimd, TVector, T>
{
    internal override void AddDistances(ReadOnlySpan<T> tile, ReadOnlySpan<T> rows, ReadOnlySpan<T> weights, Span<T> sums)
    {
        int width = PointTile.Width<T>();
        int dimension = tile.Length / width;
        Debug.Assert(tile.Length == width * dimension && sums.Length == width, "The spans are those of a tile.");
        Debug.Assert(rows.Length == weights.Length * dimension, "There is a weight for each row.");
        ref T x = ref MemoryMarshal.GetReference(tile);
        ref T q = ref MemoryMarshal.GetReference(rows);
        ref T weight = ref MemoryMarshal.GetReference(weights);
        ref T sum = ref MemoryMarshal.GetReference(sums);
        for (int lane = 0; lane < width; lane += 2 * TSimd.Lanes)
        {
            AddDistancesOfTwoVectors(
                ref Unsafe.Add(ref x, lane), ref q, ref weight, weights.Length, dimension, width, ref Unsafe.Add(ref sum, lane));
        }
    }

    // Two vectors of points against four rows at a time, as the nearest centroids are found.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDistancesOfTwoVectors(ref T x, ref T q, ref T weight, int rows, int dimension, int width, ref T sums)
    {
        nuint next = (nuint)TSimd.Lanes;
        var zero = TSimd.Broadcast(T.Zero);
        TVector sum0 = zero, sum1 = zero;
        for (int row = 0; row < rows; row += 4)
        {
            int left = rows - row;
            SquaresToFour(
                ref x, ref Unsafe.Add(ref q, (nint)row * dimension), left, dimension, width,
                out var a0, out var a1, out var b0, out var b1, out var c0, out var c1, out var d0, out var d1);
            // What is measured again has a weight of zero.
            ref T w = ref Unsafe.Add(ref weight, row);
            AddRoots(a0, a1, w, ref sum0, ref sum1);
            AddRoots(b0, b1, left > 1 ? Unsafe.Add(ref w, 1) : T.Zero, ref sum0, ref sum1);
            AddRoots(c0, c1, left > 2 ? Unsafe.Add(ref w, 2) : T.Zero, ref sum0, ref sum1);
            AddRoots(d0, d1, left > 3 ? Unsafe.Add(ref w, 3) : T.Zero, ref sum0, ref sum1);
        }

        // A product with one is exact: the sum is rounded once.
        var one = TSimd.Broadcast(T.One);
        TSimd.Store(TSimd.MultiplyAdd(sum0, one, TSimd.Load(ref sums, 0)), ref sums, 0);
        TSimd.Store(TSimd.MultiplyAdd(sum1, one, TSimd.Load(ref sums, next)), ref sums, next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRoots(TVector square0, TVector square1, T weight, ref TVector sum0, ref TVector sum1)
    {
        var times = TSimd.Broadcast(weight);
        sum0 = TSimd.MultiplyAdd(TSimd.SquareRoot(square0), times, sum0);
        sum1 = TSimd.MultiplyAdd(TSimd.SquareRoot(square1), times, sum1);
    }
}
