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

    // So many pairs are measured at once; a whole number of groups fits in.
    private const int Group = 16;

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

        // Whole groups are measured: the last of them is filled up with the last pair.
        var pairs = _pairs.AsSpan(0, (_count + Group - 1) / Group * Group);
        pairs[_count..].Fill(pairs[_count - 1]);
        var measured = (_squares ??= ArrayPool<T>.Shared.Rent(MostPairs)).AsSpan(0, pairs.Length);
        Measure(pairs, measured);
        squares = measured[.._count];
        pairs = pairs[.._count];
        _count = 0;
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

    // One subtraction and one fused multiply-add for each value.
    private readonly void Measure(ReadOnlySpan<LonePair> pairs, Span<T> squares)
    {
        if (typeof(T) == typeof(float) && Fma.IsSupported)
        {
            MeasureSixteens(pairs, MemoryMarshal.Cast<T, float>(squares));
        }
        else
        {
            MeasureFours(pairs, squares);
        }
    }

    // Four pairs at a time, whose sums do not wait for one another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MeasureFours(ReadOnlySpan<LonePair> pairs, Span<T> squares)
    {
        for (int i = 0; i < pairs.Length; i += 4)
        {
            ref T x0 = ref Point(pairs[i].Point);
            ref T x1 = ref Point(pairs[i + 1].Point);
            ref T x2 = ref Point(pairs[i + 2].Point);
            ref T x3 = ref Point(pairs[i + 3].Point);
            ref T c0 = ref Row(pairs[i].Row);
            ref T c1 = ref Row(pairs[i + 1].Row);
            ref T c2 = ref Row(pairs[i + 2].Row);
            ref T c3 = ref Row(pairs[i + 3].Row);
            T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
            for (nint j = 0; j < _dimension; j++)
            {
                s0 = AddSquare(Unsafe.Add(ref x0, j), Unsafe.Add(ref c0, j), s0);
                s1 = AddSquare(Unsafe.Add(ref x1, j), Unsafe.Add(ref c1, j), s1);
                s2 = AddSquare(Unsafe.Add(ref x2, j), Unsafe.Add(ref c2, j), s2);
                s3 = AddSquare(Unsafe.Add(ref x3, j), Unsafe.Add(ref c3, j), s3);
            }

            squares[i] = s0;
            squares[i + 1] = s1;
            squares[i + 2] = s2;
            squares[i + 3] = s3;
        }
    }

    // Two times eight pairs at a time, whose sums do not wait for one another. Of each pair eight values are taken at once,
    // and the differences turned, so that lanes are pairs. What is missing in the last eight is 0, and adds nothing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly unsafe void MeasureSixteens(ReadOnlySpan<LonePair> pairs, Span<float> squares)
    {
        const int Lanes = Group / 2;
        int d = _dimension;
        int whole = d / Lanes * Lanes;
        var rest = Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(d - whole)).AsSingle();
        float** points = stackalloc float*[Group];
        float** rows = stackalloc float*[Group];
        fixed (T* allPoints = _values, allRows = _rows)
        {
            for (int i = 0; i < pairs.Length; i += Group)
            {
                var group = pairs.Slice(i, Group);
                for (int lane = 0; lane < group.Length; lane++)
                {
                    points[lane] = (float*)allPoints + ((nint)group[lane].Point * d);
                    rows[lane] = (float*)allRows + ((nint)group[lane].Row * d);
                }

                var first = Vector256<float>.Zero;
                var second = Vector256<float>.Zero;
                for (int j = 0; j < whole; j += Lanes)
                {
                    first = AddEightSquares(points, rows, j, first);
                    second = AddEightSquares(points + Lanes, rows + Lanes, j, second);
                }

                if (whole < d)
                {
                    first = AddLastSquares(points, rows, whole, rest, first);
                    second = AddLastSquares(points + Lanes, rows + Lanes, whole, rest, second);
                }

                first.CopyTo(squares[i..]);
                second.CopyTo(squares[(i + Lanes)..]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> AddEightSquares(float** x, float** c, int from, Vector256<float> sums) => AddSquares(
        Vector256.Load(x[0] + from) - Vector256.Load(c[0] + from), Vector256.Load(x[1] + from) - Vector256.Load(c[1] + from),
        Vector256.Load(x[2] + from) - Vector256.Load(c[2] + from), Vector256.Load(x[3] + from) - Vector256.Load(c[3] + from),
        Vector256.Load(x[4] + from) - Vector256.Load(c[4] + from), Vector256.Load(x[5] + from) - Vector256.Load(c[5] + from),
        Vector256.Load(x[6] + from) - Vector256.Load(c[6] + from), Vector256.Load(x[7] + from) - Vector256.Load(c[7] + from), sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> AddLastSquares(float** x, float** c, int from, Vector256<float> mask, Vector256<float> sums) => AddSquares(
        Avx.MaskLoad(x[0] + from, mask) - Avx.MaskLoad(c[0] + from, mask), Avx.MaskLoad(x[1] + from, mask) - Avx.MaskLoad(c[1] + from, mask),
        Avx.MaskLoad(x[2] + from, mask) - Avx.MaskLoad(c[2] + from, mask), Avx.MaskLoad(x[3] + from, mask) - Avx.MaskLoad(c[3] + from, mask),
        Avx.MaskLoad(x[4] + from, mask) - Avx.MaskLoad(c[4] + from, mask), Avx.MaskLoad(x[5] + from, mask) - Avx.MaskLoad(c[5] + from, mask),
        Avx.MaskLoad(x[6] + from, mask) - Avx.MaskLoad(c[6] + from, mask), Avx.MaskLoad(x[7] + from, mask) - Avx.MaskLoad(c[7] + from, mask), sums);

    // Turns eight times eight differences, and adds their squares in the order of the dimensions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AddSquares(
        Vector256<float> d0, Vector256<float> d1, Vector256<float> d2, Vector256<float> d3,
        Vector256<float> d4, Vector256<float> d5, Vector256<float> d6, Vector256<float> d7, Vector256<float> sums)
    {
        var (a0, a1, a2, a3) = TurnHalves(d0, d1, d2, d3);
        var (b0, b1, b2, b3) = TurnHalves(d4, d5, d6, d7);
        sums = AddSquare(Avx.Permute2x128(a0, b0, 0x20), sums);
        sums = AddSquare(Avx.Permute2x128(a1, b1, 0x20), sums);
        sums = AddSquare(Avx.Permute2x128(a2, b2, 0x20), sums);
        sums = AddSquare(Avx.Permute2x128(a3, b3, 0x20), sums);
        sums = AddSquare(Avx.Permute2x128(a0, b0, 0x31), sums);
        sums = AddSquare(Avx.Permute2x128(a1, b1, 0x31), sums);
        sums = AddSquare(Avx.Permute2x128(a2, b2, 0x31), sums);
        return AddSquare(Avx.Permute2x128(a3, b3, 0x31), sums);
    }

    // Turns four times four values in each half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> A, Vector256<float> B, Vector256<float> C, Vector256<float> D) TurnHalves(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        var (ab, cd) = (Avx.UnpackLow(a, b), Avx.UnpackLow(c, d));
        var (ab2, cd2) = (Avx.UnpackHigh(a, b), Avx.UnpackHigh(c, d));
        return (Avx.Shuffle(ab, cd, 0x44), Avx.Shuffle(ab, cd, 0xEE), Avx.Shuffle(ab2, cd2, 0x44), Avx.Shuffle(ab2, cd2, 0xEE));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AddSquare(Vector256<float> differences, Vector256<float> sums) => Fma.MultiplyAdd(differences, differences, sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AddSquare(T x, T centre, T sum)
    {
        T difference = x - centre;
        return T.FusedMultiplyAdd(difference, difference, sum);
    }
}
