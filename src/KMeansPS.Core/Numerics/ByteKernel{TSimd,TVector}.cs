using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <summary>The kernel, written once and compiled for each width.</summary>
/// <remarks>
/// With x and c the bytes of a point and of a row, |x - c|^2 = x.(x - 128) + |c|^2 - 2 x.(c - 64), and so it is not above
/// r exactly if x.(c - 64) - |c|^2 / 2 is not below half of x.(x - 128) - r; both halves are rounded down. With a middle
/// taken away two pairs of products fit into 16 bits: at most 4 x 127 x 64.
/// </remarks>
internal sealed class ByteKernel<TSimd, TVector> : ByteKernel
    where TSimd : struct, IByteSimd<TVector>
{
    internal override bool Fits(int width) => width % (2 * TSimd.Lanes) == 0;

    internal override void FindWithin(
        ReadOnlySpan<byte> tile, ReadOnlySpan<int> limits, ReadOnlySpan<int> known, ReadOnlySpan<int> rows, Span<uint> within, Span<int> sums)
    {
        int width = limits.Length;
        int fours = tile.Length / (4 * width);
        Debug.Assert(Fits(width) && tile.Length == fours * 4 * width, "A tile is made of whole vectors.");
        Debug.Assert(rows.Length == within.Length * (fours + 1) && sums.Length == within.Length * LengthOfSums, "There are a mask and sums for each row.");
        within.Clear();
        for (int lane = 0; lane < width; lane += 2 * TSimd.Lanes)
        {
            FindWithinOfTwoVectors(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(tile), 4 * lane), ref Unsafe.Add(ref MemoryMarshal.GetReference(limits), lane),
                ref Unsafe.Add(ref MemoryMarshal.GetReference(known), lane), ref MemoryMarshal.GetReference(rows), fours, width, within, sums, lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindWithinOfTwoVectors(
        ref byte x, ref int limits, ref int known, ref int rows, int fours, int width, Span<uint> within, Span<int> sums, int lane)
    {
        nuint next = (nuint)TSimd.Lanes;
        int row = within.Length % 2; // the first of an odd number is measured while the points are read, the others in twos
        var (own0, first0) = OwnProducts(ref x, ref rows, row, fours, width);
        var (own1, first1) = OwnProducts(ref Unsafe.Add(ref x, 4 * next), ref rows, row, fours, width);
        var points = new TwoVectors(
            TSimd.HalfOfDifference(own0, TSimd.Load(ref limits, 0)), TSimd.HalfOfDifference(own1, TSimd.Load(ref limits, next)),
            TSimd.Load(ref known, 0), TSimd.Load(ref known, next), TSimd.Subtract(TSimd.Load(ref known, 0), own0), TSimd.Subtract(TSimd.Load(ref known, next), own1));
        if (row > 0)
        {
            within[0] |= points.AddWithin(first0, first1, ref sums[0]) << lane;
        }

        for (; row < within.Length; row += 2)
        {
            ref int first = ref Unsafe.Add(ref rows, row * (fours + 1));
            ref int second = ref Unsafe.Add(ref first, fours + 1);
            var a0 = TSimd.Broadcast(first);
            var b0 = TSimd.Broadcast(second);
            TVector a1 = a0, b1 = b0;
            nuint at = 0;
            int four = 1;
            for (; four < fours; four += 2, at += (nuint)(8 * width))
            {
                nuint after = at + (nuint)(4 * width);
                var x0 = TSimd.Load(ref x, at);
                var x1 = TSimd.Load(ref x, at + (4 * next));
                var y0 = TSimd.Load(ref x, after);
                var y1 = TSimd.Load(ref x, after + (4 * next));
                var c = TSimd.Broadcast(Unsafe.Add(ref first, four));
                var e = TSimd.Broadcast(Unsafe.Add(ref first, four + 1));
                a0 = TSimd.AddPairs(TSimd.AddShorts(TSimd.MultiplyPairs(x0, c), TSimd.MultiplyPairs(y0, e)), a0);
                a1 = TSimd.AddPairs(TSimd.AddShorts(TSimd.MultiplyPairs(x1, c), TSimd.MultiplyPairs(y1, e)), a1);
                c = TSimd.Broadcast(Unsafe.Add(ref second, four));
                e = TSimd.Broadcast(Unsafe.Add(ref second, four + 1));
                b0 = TSimd.AddPairs(TSimd.AddShorts(TSimd.MultiplyPairs(x0, c), TSimd.MultiplyPairs(y0, e)), b0);
                b1 = TSimd.AddPairs(TSimd.AddShorts(TSimd.MultiplyPairs(x1, c), TSimd.MultiplyPairs(y1, e)), b1);
            }

            if (four == fours)
            {
                var x0 = TSimd.Load(ref x, at);
                var x1 = TSimd.Load(ref x, at + (4 * next));
                var c = TSimd.Broadcast(Unsafe.Add(ref first, four));
                a0 = TSimd.AddPairs(TSimd.MultiplyPairs(x0, c), a0);
                a1 = TSimd.AddPairs(TSimd.MultiplyPairs(x1, c), a1);
                c = TSimd.Broadcast(Unsafe.Add(ref second, four));
                b0 = TSimd.AddPairs(TSimd.MultiplyPairs(x0, c), b0);
                b1 = TSimd.AddPairs(TSimd.MultiplyPairs(x1, c), b1);
            }

            within[row] |= points.AddWithin(a0, a1, ref sums[row * LengthOfSums]) << lane;
            within[row + 1] |= points.AddWithin(b0, b1, ref sums[(row + 1) * LengthOfSums]) << lane;
        }
    }

    // x.(x - 128) of each point, and where there are rows to measure on the way, the products with the first. From 0 to 127
    // the signed byte x - 128 is x with its highest bit set. Here every byte is read for the first time, and those of the
    // next tile are asked for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Own, TVector First) OwnProducts(ref byte x, ref int row, int rows, int fours, int width)
    {
        var own = TSimd.Broadcast(0);
        var first = TSimd.Broadcast(row);
        var highest = TSimd.Broadcast(unchecked((int)0x80808080));
        nuint at = 0;
        for (int four = 1; four <= fours; four++, at += (nuint)(4 * width))
        {
            CacheLines.AskForOne(ref x, at + (nuint)(4 * width * fours));
            var bytes = TSimd.Load(ref x, at);
            own = TSimd.AddPairs(TSimd.MultiplyPairs(bytes, TSimd.ExclusiveOr(bytes, highest)), own);
            if (rows > 0)
            {
                first = TSimd.AddPairs(TSimd.MultiplyPairs(bytes, TSimd.Broadcast(Unsafe.Add(ref row, four))), first);
            }
        }

        return (own, first);
    }

    // Two vectors of points: half of x.(x - 128) - r, what is known of x, and that less x.(x - 128).
    private readonly struct TwoVectors(TVector bound0, TVector bound1, TVector known0, TVector known1, TVector less0, TVector less1)
    {
        // Takes the products of the points and a row.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal uint AddWithin(TVector products0, TVector products1, ref int sums)
        {
            var gain0 = TSimd.Add(less0, TSimd.Add(products0, products0));
            var gain1 = TSimd.Add(less1, TSimd.Add(products1, products1));
            var gains = TSimd.AddWhereNotBelow(products0, bound0, gain0, TSimd.Load(ref sums, 0));
            var known = TSimd.AddWhereNotBelow(products0, bound0, known0, TSimd.Load(ref sums, SumsOfOne));
            TSimd.Store(TSimd.AddWhereNotBelow(products1, bound1, gain1, gains), ref sums);
            TSimd.Store(TSimd.AddWhereNotBelow(products1, bound1, known1, known), ref Unsafe.Add(ref sums, SumsOfOne));
            return TSimd.NotBelow(products0, bound0) | (TSimd.NotBelow(products1, bound1) << TSimd.Lanes);
        }
    }
}
