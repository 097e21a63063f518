using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <summary>The kernels, written once and compiled for each width.</summary>
internal sealed class TileKernel<TSimd, TVector, T> : TileKernel<T>
    where TSimd : struct, ISimd<TVector, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal override void Nearest(ReadOnlySpan<T> tile, ReadOnlySpan<T> centroids, int dimension, Span<int> nearest, Span<T> distances)
    {
        int width = PointTile.Width<T>();
        Debug.Assert(tile.Length == width * dimension && nearest.Length == width && distances.Length == width, "The spans are those of a tile.");
        ref T x = ref MemoryMarshal.GetReference(tile);
        ref T c = ref MemoryMarshal.GetReference(centroids);
        ref int labels = ref MemoryMarshal.GetReference(nearest);
        ref T squares = ref MemoryMarshal.GetReference(distances);
        int k = centroids.Length / dimension;
        for (int lane = 0; lane < width; lane += 2 * TSimd.Lanes)
        {
            NearestOfTwoVectors(
                ref Unsafe.Add(ref x, lane), ref c, k, dimension, width, ref Unsafe.Add(ref labels, lane), ref Unsafe.Add(ref squares, lane));
        }
    }

    // Two vectors of points against four centroids at a time: eight sums that do not wait for one another hide the
    // latency of the fused multiply-add, and each value that is loaded is used four times or twice.
    private static void NearestOfTwoVectors(ref T x, ref T c, int k, int dimension, int width, ref int labels, ref T squares)
    {
        nuint second = (nuint)TSimd.Lanes;
        var best0 = TSimd.Broadcast(T.PositiveInfinity);
        var best1 = best0;
        var index0 = TSimd.BroadcastIndex(0);
        var index1 = index0;
        int cluster = 0;
        for (; cluster + 4 <= k; cluster += 4)
        {
            ref T ca = ref Unsafe.Add(ref c, (nint)cluster * dimension);
            ref T cb = ref Unsafe.Add(ref ca, dimension);
            ref T cc = ref Unsafe.Add(ref cb, dimension);
            ref T cd = ref Unsafe.Add(ref cc, dimension);
            var zero = TSimd.Broadcast(T.Zero);
            TVector a0 = zero, a1 = zero, b0 = zero, b1 = zero, c0 = zero, c1 = zero, d0 = zero, d1 = zero;
            nuint row = 0;
            for (int j = 0; j < dimension; j++, row += (nuint)width)
            {
                var x0 = TSimd.Load(ref x, row);
                var x1 = TSimd.Load(ref x, row + second);
                var centre = TSimd.Broadcast(Unsafe.Add(ref ca, j));
                a0 = AddSquare(x0, centre, a0);
                a1 = AddSquare(x1, centre, a1);
                centre = TSimd.Broadcast(Unsafe.Add(ref cb, j));
                b0 = AddSquare(x0, centre, b0);
                b1 = AddSquare(x1, centre, b1);
                centre = TSimd.Broadcast(Unsafe.Add(ref cc, j));
                c0 = AddSquare(x0, centre, c0);
                c1 = AddSquare(x1, centre, c1);
                centre = TSimd.Broadcast(Unsafe.Add(ref cd, j));
                d0 = AddSquare(x0, centre, d0);
                d1 = AddSquare(x1, centre, d1);
            }

            KeepNearer(a0, cluster, ref best0, ref index0);
            KeepNearer(a1, cluster, ref best1, ref index1);
            KeepNearer(b0, cluster + 1, ref best0, ref index0);
            KeepNearer(b1, cluster + 1, ref best1, ref index1);
            KeepNearer(c0, cluster + 2, ref best0, ref index0);
            KeepNearer(c1, cluster + 2, ref best1, ref index1);
            KeepNearer(d0, cluster + 3, ref best0, ref index0);
            KeepNearer(d1, cluster + 3, ref best1, ref index1);
        }

        for (; cluster < k; cluster++)
        {
            ref T ca = ref Unsafe.Add(ref c, (nint)cluster * dimension);
            KeepNearer(SquaredDistance(ref x, ref ca, dimension, width), cluster, ref best0, ref index0);
            KeepNearer(SquaredDistance(ref Unsafe.Add(ref x, second), ref ca, dimension, width), cluster, ref best1, ref index1);
        }

        TSimd.Store(best0, ref squares, 0);
        TSimd.Store(best1, ref squares, second);
        TSimd.StoreIndices(index0, ref labels, 0);
        TSimd.StoreIndices(index1, ref labels, second);
    }

    internal override void NearestTwo(
        ReadOnlySpan<T> tile, ReadOnlySpan<T> centroids, int dimension, Span<int> nearest, Span<T> distances, Span<T> seconds)
    {
        int width = PointTile.Width<T>();
        Debug.Assert(tile.Length == width * dimension && nearest.Length == width && distances.Length == width && seconds.Length == width, "The spans are those of a tile.");
        ref T x = ref MemoryMarshal.GetReference(tile);
        ref T c = ref MemoryMarshal.GetReference(centroids);
        int k = centroids.Length / dimension;
        for (nuint lane = 0; lane < (nuint)width; lane += (nuint)TSimd.Lanes)
        {
            var best = TSimd.Broadcast(T.PositiveInfinity);
            var second = best;
            var index = TSimd.BroadcastIndex(0);
            for (int cluster = 0; cluster < k; cluster++)
            {
                var square = SquaredDistance(ref Unsafe.Add(ref x, lane), ref Unsafe.Add(ref c, (nint)cluster * dimension), dimension, width);
                second = TSimd.Min(second, TSimd.Max(square, best));
                KeepNearer(square, cluster, ref best, ref index);
            }

            TSimd.Store(best, ref MemoryMarshal.GetReference(distances), lane);
            TSimd.Store(second, ref MemoryMarshal.GetReference(seconds), lane);
            TSimd.StoreIndices(index, ref MemoryMarshal.GetReference(nearest), lane);
        }
    }

    internal override void LowerDistances(ReadOnlySpan<T> tile, ReadOnlySpan<T> centroid, Span<T> distances)
    {
        int width = PointTile.Width<T>();
        Debug.Assert(tile.Length == width * centroid.Length && distances.Length == width, "The spans are those of a tile.");
        ref T x = ref MemoryMarshal.GetReference(tile);
        ref T c = ref MemoryMarshal.GetReference(centroid);
        ref T squares = ref MemoryMarshal.GetReference(distances);
        for (nuint lane = 0; lane < (nuint)width; lane += (nuint)TSimd.Lanes)
        {
            var square = SquaredDistance(ref Unsafe.Add(ref x, lane), ref c, centroid.Length, width);
            TSimd.Store(TSimd.Min(square, TSimd.Load(ref squares, lane)), ref squares, lane);
        }
    }

    internal override void AddLoweredDistances(
        ReadOnlySpan<T> tile, ReadOnlySpan<T> centroid, ReadOnlySpan<T> distances, ReadOnlySpan<double> weights, Span<double> sums)
    {
        int width = PointTile.Width<T>();
        Debug.Assert(tile.Length == width * centroid.Length && distances.Length == width && sums.Length == width, "The spans are those of a tile.");
        Debug.Assert(weights.IsEmpty || weights.Length == width, "There is a weight for each point or for none.");
        ref T x = ref MemoryMarshal.GetReference(tile);
        ref T c = ref MemoryMarshal.GetReference(centroid);
        ref T squares = ref MemoryMarshal.GetReference(distances);
        ref double weight = ref MemoryMarshal.GetReference(weights);
        ref double sum = ref MemoryMarshal.GetReference(sums);
        for (nuint lane = 0; lane < (nuint)width; lane += (nuint)TSimd.Lanes)
        {
            var square = SquaredDistance(ref Unsafe.Add(ref x, lane), ref c, centroid.Length, width);
            TSimd.AddWidened(TSimd.Min(square, TSimd.Load(ref squares, lane)), ref weight, !weights.IsEmpty, ref sum, lane);
        }
    }

    internal override int CandidatesForBox(ReadOnlySpan<T> box, CentroidColumns<T> centroids, Span<T> lower, Span<int> candidates)
    {
        int d = centroids.Dimension;
        int padded = centroids.PaddedCount;
        Debug.Assert(box.Length == 2 * d && lower.Length >= padded && candidates.Length >= padded, "There is room for every centroid.");
        ref T bounds = ref MemoryMarshal.GetReference(box);
        ref T c = ref MemoryMarshal.GetReference(centroids.Values);
        ref T least = ref MemoryMarshal.GetReference(lower);
        var zero = TSimd.Broadcast(T.Zero);
        var upper = TSimd.Broadcast(T.PositiveInfinity);
        for (nuint cluster = 0; cluster < (nuint)padded; cluster += (nuint)TSimd.Lanes)
        {
            TVector near = zero, far = zero;
            nuint row = cluster;
            for (int j = 0; j < d; j++, row += (nuint)padded)
            {
                var centre = TSimd.Load(ref c, row);
                var below = TSimd.Subtract(TSimd.Broadcast(Unsafe.Add(ref bounds, j)), centre);
                var above = TSimd.Subtract(centre, TSimd.Broadcast(Unsafe.Add(ref bounds, d + j)));
                var outside = TSimd.Max(TSimd.Max(below, above), zero);
                near = TSimd.MultiplyAdd(outside, outside, near);
                var farthest = TSimd.Min(below, above); // both are turned around: the farther side is the more negative
                far = TSimd.MultiplyAdd(farthest, farthest, far);
            }

            TSimd.Store(near, ref least, cluster);
            upper = TSimd.Min(upper, far);
        }

        // Each distance is off by at most a few units in the last place for each dimension, or for each underflow by
        // the least normal number.
        Span<T> lanes = stackalloc T[TSimd.Lanes];
        TSimd.Store(upper, ref MemoryMarshal.GetReference(lanes), 0);
        T limit = lanes[0];
        foreach (T lane in lanes)
        {
            limit = lane < limit ? lane : limit;
        }

        limit += (limit * T.CreateTruncating(8 * (d + 4)) * UnitInLastPlace) + (T.CreateTruncating(4 * (d + 4)) * LeastNormal);
        var bound = TSimd.Broadcast(limit);
        int count = 0;
        for (nuint cluster = 0; cluster < (nuint)padded; cluster += (nuint)TSimd.Lanes)
        {
            uint farther = TSimd.Bits(TSimd.LessThan(bound, TSimd.Load(ref least, cluster)));
            for (uint left = ~farther & (uint)((1UL << TSimd.Lanes) - 1); left != 0; left &= left - 1)
            {
                candidates[count++] = (int)cluster + BitOperations.TrailingZeroCount(left);
            }
        }

        return count;
    }

    private static T UnitInLastPlace => T.BitIncrement(T.One) - T.One;

    private static T LeastNormal => T.CreateTruncating(typeof(T) == typeof(float) ? 1.17549435E-38 : 2.2250738585072014E-308);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SquaredDistance(ref T x, ref T c, int dimension, int width)
    {
        var sum = TSimd.Broadcast(T.Zero);
        nuint row = 0;
        for (int j = 0; j < dimension; j++, row += (nuint)width)
        {
            sum = AddSquare(TSimd.Load(ref x, row), TSimd.Broadcast(Unsafe.Add(ref c, j)), sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare(TVector x, TVector centre, TVector sum)
    {
        var difference = TSimd.Subtract(x, centre);
        return TSimd.MultiplyAdd(difference, difference, sum);
    }

    // Strictly nearer only: of equally near centroids the lowest keeps the point.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KeepNearer(TVector square, int cluster, ref TVector best, ref TVector index)
    {
        var nearer = TSimd.LessThan(square, best);
        best = TSimd.Select(nearer, square, best);
        index = TSimd.Select(nearer, TSimd.BroadcastIndex(cluster), index);
    }
}
