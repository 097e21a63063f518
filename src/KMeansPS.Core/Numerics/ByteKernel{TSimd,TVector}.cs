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

    internal override void FindWithin(ReadOnlySpan<byte> tile, ReadOnlySpan<int> limits, ReadOnlySpan<int> rows, Span<uint> within)
    {
        int width = limits.Length;
        int fours = tile.Length / (4 * width);
        Debug.Assert(Fits(width) && tile.Length == fours * 4 * width, "A tile is made of whole vectors.");
        Debug.Assert(rows.Length == within.Length * (fours + 1), "There is a mask for each row.");
        within.Clear();
        for (int lane = 0; lane < width; lane += 2 * TSimd.Lanes)
        {
            FindWithinOfTwoVectors(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(tile), 4 * lane), ref Unsafe.Add(ref MemoryMarshal.GetReference(limits), lane),
                ref MemoryMarshal.GetReference(rows), fours, width, within, lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FindWithinOfTwoVectors(ref byte x, ref int limits, ref int rows, int fours, int width, Span<uint> within, int lane)
    {
        nuint next = (nuint)TSimd.Lanes;
        var bound0 = TSimd.HalfOfDifference(OwnProducts(ref x, fours, width), TSimd.Load(ref limits, 0));
        var bound1 = TSimd.HalfOfDifference(OwnProducts(ref Unsafe.Add(ref x, 4 * next), fours, width), TSimd.Load(ref limits, next));
        for (int row = 0; row < within.Length; row += 2)
        {
            ref int first = ref Unsafe.Add(ref rows, row * (fours + 1));
            bool isLast = row + 1 == within.Length;
            ref int second = ref Unsafe.Add(ref first, isLast ? 0 : fours + 1); // a last one alone is measured twice
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

            within[row] |= (TSimd.NotBelow(a0, bound0) | (TSimd.NotBelow(a1, bound1) << TSimd.Lanes)) << lane;
            if (!isLast)
            {
                within[row + 1] |= (TSimd.NotBelow(b0, bound0) | (TSimd.NotBelow(b1, bound1) << TSimd.Lanes)) << lane;
            }
        }
    }

    // x.(x - 128) of each point. From 0 to 127 the signed byte x - 128 is x with its highest bit set. Here every byte is read
    // for the first time, and those of the next tile are asked for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OwnProducts(ref byte x, int fours, int width)
    {
        var sum = TSimd.Broadcast(0);
        var highest = TSimd.Broadcast(unchecked((int)0x80808080));
        nuint at = 0;
        for (int four = 0; four < fours; four++, at += (nuint)(4 * width))
        {
            CacheLines.AskForOne(ref x, at + (nuint)(4 * width * fours));
            var bytes = TSimd.Load(ref x, at);
            sum = TSimd.AddPairs(TSimd.MultiplyPairs(bytes, TSimd.ExclusiveOr(bytes, highest)), sum);
        }

        return sum;
    }
}
