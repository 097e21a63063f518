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
        int left = nearer.Length;
        SquaresToFour(
            ref x, ref q, left, dimension, width,
            out var a0, out var a1, out var b0, out var b1, out var c0, out var c1, out var d0, out var d1);
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
