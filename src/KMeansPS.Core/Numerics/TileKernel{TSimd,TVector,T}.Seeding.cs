using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <content>The candidates of seeding.</content>
internal sealed partial class TileKernel<TSimd, TVector, T>
{
    internal override void FindNearer(ReadOnlySpan<T> tile, ReadOnlySpan<T> rows, ReadOnlySpan<T> known, Span<T> distances, Span<uint> nearer)
    {
        int width = PointTile.Width<T>();
        int dimension = tile.Length / width;
        Debug.Assert(rows.Length == nearer.Length * dimension && distances.Length == nearer.Length * width && known.Length == width, "The spans are those of a tile.");
        nearer.Clear();
        for (int row = 0; row < nearer.Length; row += 4)
        {
            for (int lane = 0; lane < width; lane += 2 * TSimd.Lanes)
            {
                FindNearerOfTwoVectors(
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(tile), lane), ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), row * dimension), dimension, width,
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(known), lane), ref Unsafe.Add(ref MemoryMarshal.GetReference(distances), (row * width) + lane),
                    nearer[row..], lane);
            }
        }
    }

    // Two vectors of points against four rows at a time, as the nearest centroids are found.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindNearerOfTwoVectors(ref T x, ref T q, int dimension, int width, ref T known, ref T distances, Span<uint> nearer, int lane)
    {
        // Beyond the last row the last is measured again and left aside.
        int left = nearer.Length;
        nuint next = (nuint)TSimd.Lanes;
        ref T qb = ref Unsafe.Add(ref q, left > 1 ? dimension : 0);
        ref T qc = ref Unsafe.Add(ref qb, left > 2 ? dimension : 0);
        ref T qd = ref Unsafe.Add(ref qc, left > 3 ? dimension : 0);
        var zero = TSimd.Broadcast(T.Zero);
        TVector a0 = zero, a1 = zero, b0 = zero, b1 = zero, c0 = zero, c1 = zero, d0 = zero, d1 = zero;
        nuint at = 0;
        for (int j = 0; j < dimension; j++, at += (nuint)width)
        {
            var x0 = TSimd.Load(ref x, at);
            var x1 = TSimd.Load(ref x, at + next);
            var value = TSimd.Broadcast(Unsafe.Add(ref q, j));
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

        nearer[0] |= StoreNearer(a0, a1, ref known, ref distances) << lane;
        if (left > 1)
        {
            nearer[1] |= StoreNearer(b0, b1, ref known, ref Unsafe.Add(ref distances, width)) << lane;
        }

        if (left > 2)
        {
            nearer[2] |= StoreNearer(c0, c1, ref known, ref Unsafe.Add(ref distances, 2 * width)) << lane;
        }

        if (left > 3)
        {
            nearer[3] |= StoreNearer(d0, d1, ref known, ref Unsafe.Add(ref distances, 3 * width)) << lane;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StoreNearer(TVector first, TVector second, ref T known, ref T distances)
    {
        nuint next = (nuint)TSimd.Lanes;
        TSimd.Store(first, ref distances, 0);
        TSimd.Store(second, ref distances, next);
        return TSimd.Bits(TSimd.LessThan(first, TSimd.Load(ref known, 0)))
            | (TSimd.Bits(TSimd.LessThan(second, TSimd.Load(ref known, next))) << TSimd.Lanes);
    }
}
