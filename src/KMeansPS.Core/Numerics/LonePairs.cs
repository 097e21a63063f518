using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>
/// Pairs of a point and a row, where so few of a tile's points are to be measured that it does not pay to turn them. The
/// squared distances are those of <see cref="TileKernel{T}"/>, by the same formula.
/// </summary>
internal ref struct LonePairs<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Points are asked for when a pair is added, and stay in the cache until it is measured: memory answers many at a time.
    private const int BytesAhead = 1 << 16;
    private const int MostPairs = 512;

    private readonly ReadOnlySpan<T> _values;
    private readonly ReadOnlySpan<T> _rows;
    private readonly int _dimension;
    private readonly int _capacity;
    private LonePair[]? _pairs;
    private T[]? _squares;
    private int _count;

    /// <param name="points">n x d points.</param>
    /// <param name="rows">m x d values.</param>
    internal LonePairs(PointSet<T> points, ReadOnlySpan<T> rows)
    {
        _values = points.Values;
        _rows = rows;
        _dimension = points.Dimension;
        _capacity = Math.Clamp(BytesAhead / (_dimension * Unsafe.SizeOf<T>()), PointTile.Width<T>(), MostPairs);
    }

    /// <summary>Whether so many more fit in, up to the width of a tile.</summary>
    internal readonly bool HasRoomFor(int count) => _count + count <= _capacity;

    /// <summary>Adds a pair for some points of a tile and each row.</summary>
    /// <param name="first">The index of the first point of the tile.</param>
    /// <param name="lanes">For each row one bit a point, the first lowest.</param>
    internal void Add(int first, ReadOnlySpan<uint> lanes)
    {
        // Two rows at a time: how many bits a mask has cannot be foretold, and each of them ends a loop.
        Span<LonePair> pairs = _pairs ??= ArrayPool<LonePair>.Shared.Rent(MostPairs);
        ref T tile = ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), (nint)first * _dimension);
        int dimension = _dimension;
        int at = _count;
        for (int row = 0; row < lanes.Length; row += 2)
        {
            ulong second = row + 1 < lanes.Length ? lanes[row + 1] : 0;
            for (ulong left = lanes[row] | (second << 32); left != 0; left &= left - 1)
            {
                int bit = BitOperations.TrailingZeroCount(left);
                int lane = bit & 31;
                CacheLines.AskFor(ref Unsafe.Add(ref tile, lane * dimension), dimension);
                pairs[at++] = new LonePair(first + lane, row + (bit >> 5));
            }
        }

        _count = at;
    }

    /// <summary>Measures the pairs that were added since the last time. The results hold until one is added again.</summary>
    /// <param name="squares">The squared distances.</param>
    internal ReadOnlySpan<LonePair> Measure(out ReadOnlySpan<T> squares)
    {
        if (_count == 0)
        {
            squares = [];
            return [];
        }

        var pairs = _pairs.AsSpan(0, _count);
        var measured = (_squares ??= ArrayPool<T>.Shared.Rent(MostPairs)).AsSpan(0, _count);
        Measure(pairs, measured);
        _count = 0;
        squares = measured;
        return pairs;
    }

    public void Dispose()
    {
        if (_pairs is not null)
        {
            ArrayPool<LonePair>.Shared.Return(_pairs);
            _pairs = null;
        }

        if (_squares is not null)
        {
            ArrayPool<T>.Shared.Return(_squares);
            _squares = null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref T Point(int point) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), (nint)point * _dimension);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref T Row(int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(_rows), (nint)row * _dimension);

    // One subtraction and one fused multiply-add for each value, of four pairs at a time, whose sums do not wait for one
    // another. Of single values four are taken at once, and their differences turned, so that lanes are pairs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Measure(ReadOnlySpan<LonePair> pairs, Span<T> squares)
    {
        int last = pairs.Length - 1;
        for (int i = 0; i <= last; i += 4)
        {
            // Where fewer pairs are left the last is measured again.
            int i1 = Math.Min(i + 1, last);
            int i2 = Math.Min(i + 2, last);
            int i3 = Math.Min(i + 3, last);
            ref T x0 = ref Point(pairs[i].Point);
            ref T x1 = ref Point(pairs[i1].Point);
            ref T x2 = ref Point(pairs[i2].Point);
            ref T x3 = ref Point(pairs[i3].Point);
            ref T c0 = ref Row(pairs[i].Row);
            ref T c1 = ref Row(pairs[i1].Row);
            ref T c2 = ref Row(pairs[i2].Row);
            ref T c3 = ref Row(pairs[i3].Row);
            T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
            nint j = 0;
            if (typeof(T) == typeof(float) && Fma.IsSupported)
            {
                var sums = Vector128<float>.Zero;
                for (; j + 4 <= _dimension; j += 4)
                {
                    var (d0, d1, d2, d3) = PointTile.Turn(FourDifferences(ref x0, ref c0, j), FourDifferences(ref x1, ref c1, j), FourDifferences(ref x2, ref c2, j), FourDifferences(ref x3, ref c3, j));
                    sums = Fma.MultiplyAdd(d0, d0, sums);
                    sums = Fma.MultiplyAdd(d1, d1, sums);
                    sums = Fma.MultiplyAdd(d2, d2, sums);
                    sums = Fma.MultiplyAdd(d3, d3, sums);
                }

                var s = sums.As<float, T>();
                (s0, s1, s2, s3) = (s[0], s[1], s[2], s[3]);
            }

            for (; j < _dimension; j++)
            {
                s0 = AddSquare(Unsafe.Add(ref x0, j), Unsafe.Add(ref c0, j), s0);
                s1 = AddSquare(Unsafe.Add(ref x1, j), Unsafe.Add(ref c1, j), s1);
                s2 = AddSquare(Unsafe.Add(ref x2, j), Unsafe.Add(ref c2, j), s2);
                s3 = AddSquare(Unsafe.Add(ref x3, j), Unsafe.Add(ref c3, j), s3);
            }

            squares[i] = s0;
            squares[i1] = s1;
            squares[i2] = s2;
            squares[i3] = s3;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FourDifferences(ref T x, ref T c, nint from) =>
        Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref x), (nuint)from) - Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref c), (nuint)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AddSquare(T x, T centre, T sum)
    {
        T difference = x - centre;
        return T.FusedMultiplyAdd(difference, difference, sum);
    }
}
