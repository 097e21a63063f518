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
            // Beyond the last row the last is measured again, with a weight of zero.
            int left = rows - row;
            ref T qa = ref Unsafe.Add(ref q, (nint)row * dimension);
            ref T qb = ref Unsafe.Add(ref qa, left > 1 ? dimension : 0);
            ref T qc = ref Unsafe.Add(ref qb, left > 2 ? dimension : 0);
            ref T qd = ref Unsafe.Add(ref qc, left > 3 ? dimension : 0);
            TVector a0 = zero, a1 = zero, b0 = zero, b1 = zero, c0 = zero, c1 = zero, d0 = zero, d1 = zero;
            nuint at = 0;
            for (int j = 0; j < dimension; j++, at += (nuint)width)
            {
                var x0 = TSimd.Load(ref x, at);
                var x1 = TSimd.Load(ref x, at + next);
                var value = TSimd.Broadcast(Unsafe.Add(ref qa, j));
                a0 = AddSquare(x0, value, a0);
                a1 = AddSquare(x1, value, a1);
                value = TSimd.Broadcast(Unsafe.Add(ref qb, j));
                b0 = AddSquare(x0, value, b0);
                b1 = AddSquare(x1, value, b1);
                value = TSimd.Broadcast(Unsafe.Add(ref qc, j));
                c0 = AddSquare(x0, value, c0);
                c1 = AddSquare(x1, value, c1);
                value = TSimd.Broadcast(Unsafe.Add(ref qd, j));
                d0 = AddSquare(x0, value, d0);
                d1 = AddSquare(x1, value, d1);
            }

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
