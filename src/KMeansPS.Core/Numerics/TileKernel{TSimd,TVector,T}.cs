using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <summary>The kernels, written once and compiled for each width. Here those whose lanes are points.</summary>
internal sealed partial class TileKernel<TSimd, TVector, T> : TileKernel<T>
    where TSimd : struct, ISimd<TVector, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal override void Nearest(ReadOnlySpan<T> tile, ReadOnlySpan<T> centroids, int dimension, Span<int> nearest, Span<T> distances) =>
        Nearest<NearestOnly>(tile, centroids, dimension, nearest, distances, []);

    internal override void NearestTwo(
        ReadOnlySpan<T> tile, ReadOnlySpan<T> centroids, int dimension, Span<int> nearest, Span<T> distances, Span<T> seconds) =>
        Nearest<SecondToo>(tile, centroids, dimension, nearest, distances, seconds);

    private static void Nearest<TSeconds>(
        ReadOnlySpan<T> tile, ReadOnlySpan<T> centroids, int dimension, Span<int> nearest, Span<T> distances, Span<T> seconds)
        where TSeconds : struct, ISeconds
    {
        int width = PointTile.Width<T>();
        Debug.Assert(tile.Length == width * dimension && nearest.Length == width && distances.Length == width, "The spans are those of a tile.");
        ref T x = ref MemoryMarshal.GetReference(tile);
        ref T c = ref MemoryMarshal.GetReference(centroids);
        ref int labels = ref MemoryMarshal.GetReference(nearest);
        ref T squares = ref MemoryMarshal.GetReference(distances);
        ref T secondSquares = ref MemoryMarshal.GetReference(seconds);
        int k = centroids.Length / dimension;
        for (int lane = 0; lane < width; lane += 2 * TSimd.Lanes)
        {
            NearestOfTwoVectors<TSeconds>(
                ref Unsafe.Add(ref x, lane), ref c, k, dimension, width,
                ref Unsafe.Add(ref labels, lane), ref Unsafe.Add(ref squares, lane), ref Unsafe.Add(ref secondSquares, lane));
        }
    }

    // Two vectors of points against four centroids at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NearestOfTwoVectors<TSeconds>(
        ref T x, ref T c, int k, int dimension, int width, ref int labels, ref T squares, ref T seconds)
        where TSeconds : struct, ISeconds
    {
        nuint next = (nuint)TSimd.Lanes;
        var best0 = TSimd.Broadcast(T.PositiveInfinity);
        TVector best1 = best0, second0 = best0, second1 = best0;
        var index0 = TSimd.BroadcastIndex(0);
        var index1 = index0;
        for (int cluster = 0; cluster < k; cluster += 4)
        {
            int left = k - cluster;
            SquaresToFour(
                ref x, ref Unsafe.Add(ref c, (nint)cluster * dimension), left, dimension, width,
                out var a0, out var a1, out var b0, out var b1, out var c0, out var c1, out var d0, out var d1);
            KeepNearer<TSeconds>(a0, cluster, ref best0, ref second0, ref index0);
            KeepNearer<TSeconds>(a1, cluster, ref best1, ref second1, ref index1);
            if (left > 1)
            {
                KeepNearer<TSeconds>(b0, cluster + 1, ref best0, ref second0, ref index0);
                KeepNearer<TSeconds>(b1, cluster + 1, ref best1, ref second1, ref index1);
            }

            if (left > 2)
            {
                KeepNearer<TSeconds>(c0, cluster + 2, ref best0, ref second0, ref index0);
                KeepNearer<TSeconds>(c1, cluster + 2, ref best1, ref second1, ref index1);
            }

            if (left > 3)
            {
                KeepNearer<TSeconds>(d0, cluster + 3, ref best0, ref second0, ref index0);
                KeepNearer<TSeconds>(d1, cluster + 3, ref best1, ref second1, ref index1);
            }
        }

        TSimd.Store(best0, ref squares, 0);
        TSimd.Store(best1, ref squares, next);
        TSimd.StoreIndices(index0, ref labels, 0);
        TSimd.StoreIndices(index1, ref labels, next);
        if (TSeconds.Wanted)
        {
            TSimd.Store(second0, ref seconds, 0);
            TSimd.Store(second1, ref seconds, next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Enclose(ReadOnlySpan<T> tile, Span<T> box)
    {
        int width = PointTile.Width<T>();
        int dimension = tile.Length / width;
        Debug.Assert(tile.Length == width * dimension && box.Length == 2 * dimension, "The spans are those of a tile.");
        ref T x = ref MemoryMarshal.GetReference(tile);
        for (int j = 0; j < dimension; j++)
        {
            ref T row = ref Unsafe.Add(ref x, j * width);
            var least = TSimd.Load(ref row, 0);
            var greatest = least;
            for (nuint lane = (nuint)TSimd.Lanes; lane < (nuint)width; lane += (nuint)TSimd.Lanes)
            {
                var values = TSimd.Load(ref row, lane);
                least = TSimd.Min(least, values);
                greatest = TSimd.Max(greatest, values);
            }

            box[j] = TSimd.LeastLane(least);
            box[dimension + j] = -TSimd.LeastLane(TSimd.Subtract(TSimd.Broadcast(T.Zero), greatest));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override double LeastGap(ReadOnlySpan<T> distances, ReadOnlySpan<T> seconds, int dimension)
    {
        Debug.Assert(distances.Length == PointTile.Width<T>() && seconds.Length == distances.Length, "The spans are those of a tile.");
        ref T first = ref MemoryMarshal.GetReference(distances);
        ref T second = ref MemoryMarshal.GetReference(seconds);
        var rounding = TSimd.Broadcast(T.CreateTruncating(-Precision.RoundingOfGap<T>(dimension)));
        var least = TSimd.Broadcast(T.PositiveInfinity);
        for (nuint lane = 0; lane < (nuint)distances.Length; lane += (nuint)TSimd.Lanes)
        {
            // The rounding is in proportion to the sum of both distances, of which the second is the larger.
            var far = TSimd.SquareRoot(TSimd.Load(ref second, lane));
            var gap = TSimd.Subtract(far, TSimd.SquareRoot(TSimd.Load(ref first, lane)));
            least = TSimd.Min(least, TSimd.MultiplyAdd(far, rounding, gap));
        }

        return Precision.ToDouble(TSimd.LeastLane(least)) - Precision.UnderflowOfGap<T>(dimension);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void LowerDistances(ReadOnlySpan<T> tile, ReadOnlySpan<T> centroid, Span<T> distances)
    {
        int width = PointTile.Width<T>();
        Debug.Assert(tile.Length == width * centroid.Length && distances.Length == width, "The spans are those of a tile.");
        ref T x = ref MemoryMarshal.GetReference(tile);
        ref T c = ref MemoryMarshal.GetReference(centroid);
        ref T squares = ref MemoryMarshal.GetReference(distances);
        nuint next = (nuint)TSimd.Lanes;
        for (nuint lane = 0; lane < (nuint)width; lane += 2 * next)
        {
            var (first, second) = SquaredDistances(ref Unsafe.Add(ref x, lane), ref c, centroid.Length, width);
            TSimd.Store(TSimd.Min(first, TSimd.Load(ref squares, lane)), ref squares, lane);
            TSimd.Store(TSimd.Min(second, TSimd.Load(ref squares, lane + next)), ref squares, lane + next);
        }
    }

    // Two vectors of points against four rows: eight sums that do not wait for one another hide the latency of the fused
    // multiply-add, and each value that is loaded is used four times or twice. Where fewer rows are left the last is
    // measured again, to be left aside.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SquaresToFour(
        ref T x,
        ref T rows,
        int left,
        int dimension,
        int width,
        out TVector a0,
        out TVector a1,
        out TVector b0,
        out TVector b1,
        out TVector c0,
        out TVector c1,
        out TVector d0,
        out TVector d1)
    {
        nuint next = (nuint)TSimd.Lanes;
        ref T second = ref Unsafe.Add(ref rows, left > 1 ? dimension : 0);
        ref T third = ref Unsafe.Add(ref second, left > 2 ? dimension : 0);
        ref T fourth = ref Unsafe.Add(ref third, left > 3 ? dimension : 0);
        a0 = a1 = b0 = b1 = c0 = c1 = d0 = d1 = TSimd.Broadcast(T.Zero);
        nuint at = 0;
        for (int j = 0; j < dimension; j++, at += (nuint)width)
        {
            var x0 = TSimd.Load(ref x, at);
            var x1 = TSimd.Load(ref x, at + next);
            var value = TSimd.Broadcast(Unsafe.Add(ref rows, j));
            a0 = AddSquare(x0, value, a0);
            a1 = AddSquare(x1, value, a1);
            value = TSimd.Broadcast(Unsafe.Add(ref second, j));
            b0 = AddSquare(x0, value, b0);
            b1 = AddSquare(x1, value, b1);
            value = TSimd.Broadcast(Unsafe.Add(ref third, j));
            c0 = AddSquare(x0, value, c0);
            c1 = AddSquare(x1, value, c1);
            value = TSimd.Broadcast(Unsafe.Add(ref fourth, j));
            d0 = AddSquare(x0, value, d0);
            d1 = AddSquare(x1, value, d1);
        }
    }

    // Two vectors of points, so that neither sum waits for itself alone.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) SquaredDistances(ref T x, ref T c, int dimension, int width)
    {
        var first = TSimd.Broadcast(T.Zero);
        var second = first;
        nuint row = 0;
        for (int j = 0; j < dimension; j++, row += (nuint)width)
        {
            var centre = TSimd.Broadcast(Unsafe.Add(ref c, j));
            first = AddSquare(TSimd.Load(ref x, row), centre, first);
            second = AddSquare(TSimd.Load(ref x, row + (nuint)TSimd.Lanes), centre, second);
        }

        return (first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare(TVector x, TVector centre, TVector sum)
    {
        var difference = TSimd.Subtract(x, centre);
        return TSimd.MultiplyAdd(difference, difference, sum);
    }

    // Strictly nearer only: of equally near centroids the lowest keeps the point.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KeepNearer<TSeconds>(TVector square, int cluster, ref TVector best, ref TVector second, ref TVector index)
        where TSeconds : struct, ISeconds
    {
        if (TSeconds.Wanted)
        {
            second = TSimd.Min(second, TSimd.Max(square, best));
        }

        index = TSimd.Select(TSimd.LessThan(square, best), TSimd.BroadcastIndex(cluster), index);
        best = TSimd.Min(square, best);
    }

    /// <summary>Whether the second nearest is asked for: known when the kernel is compiled, so that the plain one pays nothing for it.</summary>
    private interface ISeconds
    {
        static abstract bool Wanted { get; }
    }

    private readonly struct NearestOnly : ISeconds
    {
        public static bool Wanted => false;
    }

    private readonly struct SecondToo : ISeconds
    {
        public static bool Wanted => true;
    }
}
