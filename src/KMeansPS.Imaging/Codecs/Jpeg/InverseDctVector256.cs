using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// <see cref="InverseDct"/> for processors with vectors of 256 bits: eight columns at once, then eight rows at once. About 24 multiplications and
/// 50 exchanges of lanes for a block.
/// </summary>
internal static class InverseDctVector256
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<short> quantization, Span<byte> samples, int stride)
    {
        // One test for each block stands for all reads and writes below.
        ref short c = ref MemoryMarshal.GetReference(coefficients[..ZigZag.BlockSize]);
        ref short q = ref MemoryMarshal.GetReference(quantization[..ZigZag.BlockSize]);
        ref byte target = ref MemoryMarshal.GetReference(samples[..((7 * stride) + 8)]);

        var r0 = Dequantize(ref c, ref q, 0);
        var r1 = Dequantize(ref c, ref q, 1);
        var r2 = Dequantize(ref c, ref q, 2);
        var r3 = Dequantize(ref c, ref q, 3);
        var r4 = Dequantize(ref c, ref q, 4);
        var r5 = Dequantize(ref c, ref q, 5);
        var r6 = Dequantize(ref c, ref q, 6);
        var r7 = Dequantize(ref c, ref q, 7);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, InverseDct.FirstBias, InverseDct.FirstShift);
        Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, InverseDct.SecondBias, InverseDct.SecondShift);

        // Each vector is a column of samples now. Four columns packed into the bytes of one vector are the left
        // half of all rows, the other four the right half: no second transposition is needed.
        var left = Clamp(r0) | (Clamp(r1) << 8) | (Clamp(r2) << 16) | (Clamp(r3) << 24);
        var right = Clamp(r4) | (Clamp(r5) << 8) | (Clamp(r6) << 16) | (Clamp(r7) << 24);
        Store(Vector256.WidenLower(left.AsUInt32()) | (Vector256.WidenLower(right.AsUInt32()) << 32), ref target, stride);
        Store(Vector256.WidenUpper(left.AsUInt32()) | (Vector256.WidenUpper(right.AsUInt32()) << 32), ref Unsafe.Add(ref target, 4 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Dequantize(ref short coefficients, ref short quantization, nuint row)
    {
        var products = Vector128.LoadUnsafe(ref coefficients, row * 8) * Vector128.LoadUnsafe(ref quantization, row * 8);
        return Vector256.WidenLower(products.ToVector256Unsafe());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Clamp(Vector256<int> samples) =>
        Vector256.Min(Vector256.Max(samples, Vector256<int>.Zero), Vector256.Create(255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<ulong> rows, ref byte target, int stride)
    {
        for (int y = 0; y < 4; y++)
        {
            ulong row = rows.GetElement(y);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, y * stride), BitConverter.IsLittleEndian ? row : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(row));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7, int bias, int shift)
    {
        var z1 = (r2 + r6) * InverseDct.C0541;
        var t2 = z1 - (r6 * InverseDct.C1847);
        var t3 = z1 + (r2 * InverseDct.C0765);
        var t0 = ((r0 + r4) << InverseDct.ConstantBits) + Vector256.Create(bias);
        var t1 = ((r0 - r4) << InverseDct.ConstantBits) + Vector256.Create(bias);
        var e0 = t0 + t3;
        var e1 = t1 + t2;
        var e2 = t1 - t2;
        var e3 = t0 - t3;

        var z3 = r7 + r3;
        var z4 = r5 + r1;
        var z5 = (z3 + z4) * InverseDct.C1175;
        z3 = z5 - (z3 * InverseDct.C1961);
        z4 = z5 - (z4 * InverseDct.C0390);
        var y1 = (r7 + r1) * InverseDct.C0899;
        var y2 = (r5 + r3) * InverseDct.C2562;
        var o0 = (r1 * InverseDct.C1501) - y1 + z4;
        var o1 = (r3 * InverseDct.C3072) - y2 + z3;
        var o2 = (r5 * InverseDct.C2053) - y2 + z4;
        var o3 = (r7 * InverseDct.C0298) - y1 + z3;

        r0 = (e0 + o0) >> shift;
        r7 = (e0 - o0) >> shift;
        r1 = (e1 + o1) >> shift;
        r6 = (e1 - o1) >> shift;
        r2 = (e2 + o2) >> shift;
        r5 = (e2 - o2) >> shift;
        r3 = (e3 + o3) >> shift;
        r4 = (e3 - o3) >> shift;
    }

    // Exchanges the off-diagonal quarters of the matrix, then of each quarter, then of each of theirs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector256<int> r0, ref Vector256<int> r1, ref Vector256<int> r2, ref Vector256<int> r3,
        ref Vector256<int> r4, ref Vector256<int> r5, ref Vector256<int> r6, ref Vector256<int> r7)
    {
        ExchangeFours(ref r0, ref r4);
        ExchangeFours(ref r1, ref r5);
        ExchangeFours(ref r2, ref r6);
        ExchangeFours(ref r3, ref r7);
        ExchangeTwos(ref r0, ref r2);
        ExchangeTwos(ref r1, ref r3);
        ExchangeTwos(ref r4, ref r6);
        ExchangeTwos(ref r5, ref r7);
        ExchangeOnes(ref r0, ref r1);
        ExchangeOnes(ref r2, ref r3);
        ExchangeOnes(ref r4, ref r5);
        ExchangeOnes(ref r6, ref r7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExchangeFours(ref Vector256<int> a, ref Vector256<int> b)
    {
        var upper = Vector256.Create(a.GetUpper(), b.GetUpper());
        a = Vector256.Create(a.GetLower(), b.GetLower());
        b = upper;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExchangeTwos(ref Vector256<int> a, ref Vector256<int> b)
    {
        var lower = Vector256.Create(-1, -1, 0, 0, -1, -1, 0, 0);
        var movedA = Vector256.Shuffle(a, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));
        var movedB = Vector256.Shuffle(b, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));
        a = Vector256.ConditionalSelect(lower, a, movedB);
        b = Vector256.ConditionalSelect(lower, movedA, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExchangeOnes(ref Vector256<int> a, ref Vector256<int> b)
    {
        var lower = Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0);
        var movedA = Vector256.Shuffle(a, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));
        var movedB = Vector256.Shuffle(b, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));
        a = Vector256.ConditionalSelect(lower, a, movedB);
        b = Vector256.ConditionalSelect(lower, movedA, b);
    }
}
