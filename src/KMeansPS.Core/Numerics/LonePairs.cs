using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>
/// Pairs of a point and a row, where so few of a tile's points are to be measured that it does not pay to turn them. The
/// squared distances are those of <see cref="TileKernel{T}"/>, by the same formula.
/// </summary>
/// <param name="points">n x d points.</param>
/// <param name="rows">Rows of d values.</param>
internal sealed class LonePairs<T>(PointSet<T> points, T[] rows) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // The points of the pairs are asked for when a pair is added, and stay in the cache until it is measured.
    private const int BytesAhead = 1 << 16;
    private const int MostPairs = 512;
    private const int LineOfCache = 64;

    private readonly int _dimension = points.Dimension;
    private readonly int _capacity = Math.Clamp(BytesAhead / (points.Dimension * Unsafe.SizeOf<T>()), PointTile.Width<T>(), MostPairs);
    private readonly LonePair<T>[] _pairs = ArrayPool<LonePair<T>>.Shared.Rent(MostPairs);
    private int _count;
    private bool _isReturned;

    /// <summary>Whether so many more fit in, up to the width of a tile.</summary>
    internal bool HasRoomFor(int count) => _count + count <= _capacity;

    /// <summary>Adds a pair for some points of a tile and each row.</summary>
    /// <param name="tiles">Stands at the tile.</param>
    /// <param name="lanes">For each row one bit a point, the first lowest.</param>
    internal void Add(in TileCursor<T> tiles, ReadOnlySpan<uint> lanes)
    {
        ref T first = ref MemoryMarshal.GetReference(points.Values);
        for (int row = 0; row < lanes.Length; row++)
        {
            for (uint left = lanes[row]; left != 0; left &= left - 1)
            {
                int lane = BitOperations.TrailingZeroCount(left);
                int point = tiles.PointAt(lane);
                Prefetch(ref Unsafe.Add(ref first, (nint)point * _dimension), _dimension);
                _pairs[_count++] = new LonePair<T>(tiles.First + lane, point, row);
            }
        }
    }

    /// <summary>Measures the pairs that were added since the last time. The result holds until one is added again.</summary>
    internal ReadOnlySpan<LonePair<T>> Measure()
    {
        var pairs = _pairs.AsSpan(0, _count);
        Measure(points.Values, rows, _dimension, pairs);
        _count = 0;
        return pairs;
    }

    public void Dispose()
    {
        if (!_isReturned)
        {
            ArrayPool<LonePair<T>>.Shared.Return(_pairs);
            _isReturned = true;
        }
    }

    // One subtraction and one fused multiply-add for each value, of four pairs at a time, whose sums do not wait for one
    // another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Measure(ReadOnlySpan<T> values, ReadOnlySpan<T> rows, int dimension, Span<LonePair<T>> pairs)
    {
        int last = pairs.Length - 1;
        for (int i = 0; i <= last; i += 4)
        {
            // Where fewer pairs are left the last is measured again.
            ref var first = ref pairs[i];
            ref var second = ref pairs[Math.Min(i + 1, last)];
            ref var third = ref pairs[Math.Min(i + 2, last)];
            ref var fourth = ref pairs[Math.Min(i + 3, last)];
            ref T x0 = ref Row(values, first.Point, dimension);
            ref T x1 = ref Row(values, second.Point, dimension);
            ref T x2 = ref Row(values, third.Point, dimension);
            ref T x3 = ref Row(values, fourth.Point, dimension);
            ref T c0 = ref Row(rows, first.Row, dimension);
            ref T c1 = ref Row(rows, second.Row, dimension);
            ref T c2 = ref Row(rows, third.Row, dimension);
            ref T c3 = ref Row(rows, fourth.Row, dimension);
            T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
            for (nint j = 0; j < dimension; j++)
            {
                s0 = AddSquare(Unsafe.Add(ref x0, j), Unsafe.Add(ref c0, j), s0);
                s1 = AddSquare(Unsafe.Add(ref x1, j), Unsafe.Add(ref c1, j), s1);
                s2 = AddSquare(Unsafe.Add(ref x2, j), Unsafe.Add(ref c2, j), s2);
                s3 = AddSquare(Unsafe.Add(ref x3, j), Unsafe.Add(ref c3, j), s3);
            }

            first.Square = s0;
            second.Square = s1;
            third.Square = s2;
            fourth.Square = s3;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Row(ReadOnlySpan<T> values, int row, int dimension) => ref Unsafe.Add(ref MemoryMarshal.GetReference(values), (nint)row * dimension);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AddSquare(T x, T centre, T sum)
    {
        T difference = x - centre;
        return T.FusedMultiplyAdd(difference, difference, sum);
    }

    // Memory answers many such questions at a time. What moves meanwhile is asked for in vain, which does no harm.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref T row, int dimension)
    {
        if (Sse.IsSupported)
        {
            byte* from = (byte*)Unsafe.AsPointer(ref row);
            byte* last = from + (dimension * sizeof(T)) - 1;
            for (byte* at = from; at < last; at += LineOfCache)
            {
                Sse.Prefetch0(at);
            }

            Sse.Prefetch0(last);
        }
    }
}
