using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <content>The kernels whose lanes are centroids.</content>
internal sealed partial class TileKernel<TSimd, TVector, T>
{
    private const int PointsAtOnce = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void SquaresToBox(ReadOnlySpan<T> box, CentroidPanels<T> centroids, Span<T> squares)
    {
        int d = centroids.Dimension;
        Debug.Assert(box.Length == 2 * d && squares.Length >= centroids.PaddedCount, "There is room for every centroid.");
        ref T bounds = ref MemoryMarshal.GetReference(box);
        ref T c = ref MemoryMarshal.GetReference(centroids.Values);
        for (int cluster = 0; cluster < centroids.PaddedCount; cluster += TSimd.Lanes)
        {
            TSimd.Store(SquareToBox(ref bounds, ref Unsafe.Add(ref c, PlaceOf(cluster, d)), d), ref MemoryMarshal.GetReference(squares), (nuint)cluster);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override T LeastSquareToBox(ReadOnlySpan<T> box, CentroidPanels<T> centroids)
    {
        int d = centroids.Dimension;
        Debug.Assert(box.Length == 2 * d, "The box is one of d dimensions.");
        ref T bounds = ref MemoryMarshal.GetReference(box);
        ref T c = ref MemoryMarshal.GetReference(centroids.Values);
        var least = TSimd.Broadcast(T.PositiveInfinity);
        for (int cluster = 0; cluster < centroids.PaddedCount; cluster += TSimd.Lanes)
        {
            least = TSimd.Min(least, SquareToBox(ref bounds, ref Unsafe.Add(ref c, PlaceOf(cluster, d)), d));
        }

        return TSimd.LeastLane(least);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override T Reach(ReadOnlySpan<T> distances, int dimension)
    {
        Debug.Assert(distances.Length == PointTile.Width<T>(), "There is one distance for each point.");
        ref T squares = ref MemoryMarshal.GetReference(distances);
        var greatest = TSimd.Load(ref squares, 0);
        for (nuint lane = (nuint)TSimd.Lanes; lane < (nuint)distances.Length; lane += (nuint)TSimd.Lanes)
        {
            greatest = TSimd.Max(greatest, TSimd.Load(ref squares, lane));
        }

        return WithRounding(-TSimd.LeastLane(TSimd.Subtract(TSimd.Broadcast(T.Zero), greatest)), dimension);
    }

    internal override int CandidatesForBox(ReadOnlySpan<T> box, CentroidPanels<T> centroids, Span<T> lower, Span<int> candidates, out double gap) =>
        CandidatesForBox<NearestOnly>(box, centroids, lower, candidates, out gap);

    internal override int PairsForBox(ReadOnlySpan<T> box, CentroidPanels<T> centroids, Span<T> lower, Span<int> candidates) =>
        CandidatesForBox<SecondToo>(box, centroids, lower, candidates, out _);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CandidatesForBox<TSeconds>(
        ReadOnlySpan<T> box, CentroidPanels<T> centroids, Span<T> lower, Span<int> candidates, out double gap)
        where TSeconds : struct, ISeconds
    {
        int d = centroids.Dimension;
        int width = CentroidPanels<T>.Width;
        int padded = centroids.PaddedCount;
        Debug.Assert(box.Length == 2 * d && lower.Length >= padded && candidates.Length >= padded, "There is room for every centroid.");
        ref T bounds = ref MemoryMarshal.GetReference(box);
        ref T c = ref MemoryMarshal.GetReference(centroids.Values);
        ref T least = ref MemoryMarshal.GetReference(lower);
        var zero = TSimd.Broadcast(T.Zero);
        var infinite = TSimd.Broadcast(T.PositiveInfinity);
        TVector upper = infinite, upperOfSecond = infinite;
        for (int cluster = 0; cluster < padded; cluster += TSimd.Lanes)
        {
            TVector near = zero, far = zero;
            nuint row = PlaceOf(cluster, d);
            for (int j = 0; j < d; j++, row += (nuint)width)
            {
                var centre = TSimd.Load(ref c, row);
                var below = TSimd.Subtract(TSimd.Broadcast(Unsafe.Add(ref bounds, j)), centre);
                var above = TSimd.Subtract(centre, TSimd.Broadcast(Unsafe.Add(ref bounds, d + j)));
                var outside = TSimd.Max(TSimd.Max(below, above), zero);
                near = TSimd.MultiplyAdd(outside, outside, near);
                var farthest = TSimd.Min(below, above); // both are turned around: the farther side is the more negative
                far = TSimd.MultiplyAdd(farthest, farthest, far);
            }

            TSimd.Store(near, ref least, (nuint)cluster);
            if (TSeconds.Wanted)
            {
                upperOfSecond = TSimd.Min(upperOfSecond, TSimd.Max(far, upper));
            }

            upper = TSimd.Min(upper, far);
        }

        T limit = WithRounding(TSeconds.Wanted ? SecondOfLanes(upper, upperOfSecond) : TSimd.LeastLane(upper), d);
        var bound = TSimd.Broadcast(limit);
        var others = infinite;
        int count = 0;
        for (int cluster = 0; cluster < padded; cluster += TSimd.Lanes)
        {
            var near = TSimd.Load(ref least, (nuint)cluster);
            var farther = TSimd.LessThan(bound, near);
            others = TSimd.Min(others, TSimd.Select(farther, near, infinite));
            for (uint left = ~TSimd.Bits(farther) & (uint)((1UL << TSimd.Lanes) - 1); left != 0; left &= left - 1)
            {
                candidates[count++] = cluster + BitOperations.TrailingZeroCount(left);
            }
        }

        gap = Precision.Gap(limit, TSimd.LeastLane(others), d);
        return count;
    }

    // Each distance is off by at most a few units in the last place for each dimension, or where it underflows by a few
    // of the least normal number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T WithRounding(T square, int dimension) => square +
        ((square * T.CreateTruncating(8 * (dimension + 4) * Precision.UnitInLastPlace<T>())) + T.CreateTruncating(4 * (dimension + 4) * Precision.LeastNormal<T>()));

    // The squared distances of a vector of centroids to a box.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SquareToBox(ref T bounds, ref T centroids, int dimension)
    {
        var zero = TSimd.Broadcast(T.Zero);
        var near = zero;
        nuint row = 0;
        for (int j = 0; j < dimension; j++, row += (nuint)CentroidPanels<T>.Width)
        {
            var centre = TSimd.Load(ref centroids, row);
            var below = TSimd.Subtract(TSimd.Broadcast(Unsafe.Add(ref bounds, j)), centre);
            var above = TSimd.Subtract(centre, TSimd.Broadcast(Unsafe.Add(ref bounds, dimension + j)));
            var outside = TSimd.Max(TSimd.Max(below, above), zero);
            near = TSimd.MultiplyAdd(outside, outside, near);
        }

        return near;
    }

    // The second least of all, from the least and the second least of each lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SecondOfLanes(TVector first, TVector second)
    {
        T least = TSimd.LeastLane(first);
        var greater = TSimd.LessThan(TSimd.Broadcast(least), first);
        uint equal = ~TSimd.Bits(greater) & (uint)((1UL << TSimd.Lanes) - 1);
        return (equal & (equal - 1)) == 0 ? TSimd.LeastLane(TSimd.Select(greater, first, second)) : least;
    }

    internal override void NearestTwoOfRows(
        ReadOnlySpan<T> values, ReadOnlySpan<int> points, CentroidPanels<T> centroids, Span<int> nearest, Span<T> distances, Span<T> seconds)
    {
        Debug.Assert(points.Length > 0 && nearest.Length >= points.Length && distances.Length >= points.Length && seconds.Length >= points.Length, "There is room for every point.");
        Span<nint> rows = stackalloc nint[PointsAtOnce];
        for (int first = 0; first < points.Length; first += PointsAtOnce)
        {
            int count = Math.Min(PointsAtOnce, points.Length - first);
            for (int p = 0; p < PointsAtOnce; p++)
            {
                rows[p] = (nint)points[first + Math.Min(p, count - 1)] * centroids.Dimension;
            }

            NearestTwoOfEightRows(ref MemoryMarshal.GetReference(values), rows, centroids, count, nearest[first..], distances[first..], seconds[first..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void NearestTwoOfEightRows(
        ref T values, ReadOnlySpan<nint> rows, CentroidPanels<T> centroids, int count, Span<int> nearest, Span<T> distances, Span<T> seconds)
    {
        int d = centroids.Dimension;
        ref T c = ref MemoryMarshal.GetReference(centroids.Values);

        // For each point and each lane what is nearest so far, second nearest, and the first centroid of the vector
        // that holds the nearest.
        int lanes = TSimd.Lanes;
        Span<T> bests = stackalloc T[PointsAtOnce * lanes];
        Span<T> nexts = stackalloc T[PointsAtOnce * lanes];
        Span<T> vectors = stackalloc T[PointsAtOnce * lanes];
        Span<T> found = stackalloc T[PointsAtOnce * lanes];
        bests.Fill(T.PositiveInfinity);
        nexts.Fill(T.PositiveInfinity);
        vectors.Clear();
        ref T best = ref MemoryMarshal.GetReference(bests);
        ref T next = ref MemoryMarshal.GetReference(nexts);
        ref T vector = ref MemoryMarshal.GetReference(vectors);
        ref T squares = ref MemoryMarshal.GetReference(found);
        for (int cluster = 0; cluster < centroids.PaddedCount; cluster += lanes)
        {
            SquaresOfEightRows(ref values, rows, ref Unsafe.Add(ref c, PlaceOf(cluster, d)), d, ref squares);
            for (nuint at = 0; at < (nuint)(PointsAtOnce * lanes); at += (nuint)lanes)
            {
                KeepNearerInMemory(TSimd.Load(ref squares, at), cluster, ref best, ref next, ref vector, at);
            }
        }

        Span<int> firsts = stackalloc int[lanes];
        for (int p = 0; p < count; p++)
        {
            nuint at = (nuint)(p * lanes);
            TSimd.StoreIndices(TSimd.Load(ref vector, at), ref MemoryMarshal.GetReference(firsts), 0);
            (nearest[p], distances[p], seconds[p]) = NearestOfLanes(TSimd.Load(ref best, at), TSimd.Load(ref next, at), firsts);
        }
    }

    // Eight points against one vector of centroids: eight sums that do not wait for one another, and the vector that is
    // loaded is used eight times. Which is taken from which makes no difference to the square.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SquaresOfEightRows(ref T values, ReadOnlySpan<nint> rows, ref T c, int d, ref T squares)
    {
        ref T r0 = ref Unsafe.Add(ref values, rows[0]);
        ref T r1 = ref Unsafe.Add(ref values, rows[1]);
        ref T r2 = ref Unsafe.Add(ref values, rows[2]);
        ref T r3 = ref Unsafe.Add(ref values, rows[3]);
        ref T r4 = ref Unsafe.Add(ref values, rows[4]);
        ref T r5 = ref Unsafe.Add(ref values, rows[5]);
        ref T r6 = ref Unsafe.Add(ref values, rows[6]);
        ref T r7 = ref Unsafe.Add(ref values, rows[7]);
        var zero = TSimd.Broadcast(T.Zero);
        TVector s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero;
        for (nint j = 0; j < d; j++)
        {
            var centre = TSimd.Load(ref c, 0);
            s0 = AddSquare(centre, TSimd.Broadcast(Unsafe.Add(ref r0, j)), s0);
            s1 = AddSquare(centre, TSimd.Broadcast(Unsafe.Add(ref r1, j)), s1);
            s2 = AddSquare(centre, TSimd.Broadcast(Unsafe.Add(ref r2, j)), s2);
            s3 = AddSquare(centre, TSimd.Broadcast(Unsafe.Add(ref r3, j)), s3);
            s4 = AddSquare(centre, TSimd.Broadcast(Unsafe.Add(ref r4, j)), s4);
            s5 = AddSquare(centre, TSimd.Broadcast(Unsafe.Add(ref r5, j)), s5);
            s6 = AddSquare(centre, TSimd.Broadcast(Unsafe.Add(ref r6, j)), s6);
            s7 = AddSquare(centre, TSimd.Broadcast(Unsafe.Add(ref r7, j)), s7);
            c = ref Unsafe.Add(ref c, CentroidPanels<T>.Width);
        }

        nuint lanes = (nuint)TSimd.Lanes;
        TSimd.Store(s0, ref squares, 0);
        TSimd.Store(s1, ref squares, lanes);
        TSimd.Store(s2, ref squares, 2 * lanes);
        TSimd.Store(s3, ref squares, 3 * lanes);
        TSimd.Store(s4, ref squares, 4 * lanes);
        TSimd.Store(s5, ref squares, 5 * lanes);
        TSimd.Store(s6, ref squares, 6 * lanes);
        TSimd.Store(s7, ref squares, 7 * lanes);
    }

    // The nearest over all lanes, of equally near ones the lowest; and what is nearest when that one is left out.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Cluster, T Square, T Second) NearestOfLanes(TVector best, TVector next, ReadOnlySpan<int> firsts)
    {
        T least = TSimd.LeastLane(best);
        var farther = TSimd.LessThan(TSimd.Broadcast(least), best);
        uint nearest = ~TSimd.Bits(farther) & (uint)((1UL << TSimd.Lanes) - 1);
        int lane = BitOperations.TrailingZeroCount(nearest);
        int cluster = firsts[lane] + lane;
        for (uint left = nearest & (nearest - 1); left != 0; left &= left - 1)
        {
            lane = BitOperations.TrailingZeroCount(left);
            cluster = Math.Min(cluster, firsts[lane] + lane);
        }

        return (cluster, least, SecondOfLanes(best, next));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KeepNearerInMemory(TVector square, int cluster, ref T bests, ref T nexts, ref T vectors, nuint at)
    {
        var best = TSimd.Load(ref bests, at);
        var next = TSimd.Load(ref nexts, at);
        var vector = TSimd.Load(ref vectors, at);
        KeepNearer<SecondToo>(square, cluster, ref best, ref next, ref vector);
        TSimd.Store(best, ref bests, at);
        TSimd.Store(next, ref nexts, at);
        TSimd.Store(vector, ref vectors, at);
    }

    // Where the first value of a centroid lies in the panels.
    private static nuint PlaceOf(int cluster, int dimension)
    {
        int lane = cluster % CentroidPanels<T>.Width;
        return (nuint)(((cluster - lane) * dimension) + lane);
    }
}
