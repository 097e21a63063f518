using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary><see cref="InverseDct"/> for processors with vectors of 128 bits: four columns at once, then four rows at once.</summary>
internal static class InverseDctVector128
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<short> quantization, Span<byte> samples, int stride)
    {
        // One test for each block stands for all reads and writes below.
        ref short c = ref MemoryMarshal.GetReference(coefficients[..ZigZag.BlockSize]);
        ref short q = ref MemoryMarshal.GetReference(quantization[..ZigZag.BlockSize]);
        ref byte target = ref MemoryMarshal.GetReference(samples[..((7 * stride) + 8)]);

        // The intermediate block, transposed: each row of it is a column of the block.
        Span<int> work = stackalloc int[ZigZag.BlockSize];
        ref int turned = ref MemoryMarshal.GetReference(work);
        // Four calls, since the compiler would run out of its budget for inlining.
        TransformColumns(ref c, ref q, 0, ref turned);
        TransformColumns(ref c, ref q, 4, ref Unsafe.Add(ref turned, 32));
        TransformRows(ref turned, 0, ref target, stride);
        TransformRows(ref turned, 4, ref Unsafe.Add(ref target, 4 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransformColumns(ref short coefficients, ref short quantization, nuint first, ref int turned)
    {
        var r0 = Dequantize(ref coefficients, ref quantization, first);
        var r1 = Dequantize(ref coefficients, ref quantization, first + 8);
        var r2 = Dequantize(ref coefficients, ref quantization, first + 16);
        var r3 = Dequantize(ref coefficients, ref quantization, first + 24);
        var r4 = Dequantize(ref coefficients, ref quantization, first + 32);
        var r5 = Dequantize(ref coefficients, ref quantization, first + 40);
        var r6 = Dequantize(ref coefficients, ref quantization, first + 48);
        var r7 = Dequantize(ref coefficients, ref quantization, first + 56);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, InverseDct.FirstBias, InverseDct.FirstShift);
        Transpose(ref r0, ref r1, ref r2, ref r3);
        Transpose(ref r4, ref r5, ref r6, ref r7);
        r0.StoreUnsafe(ref turned);
        r4.StoreUnsafe(ref turned, 4);
        r1.StoreUnsafe(ref turned, 8);
        r5.StoreUnsafe(ref turned, 12);
        r2.StoreUnsafe(ref turned, 16);
        r6.StoreUnsafe(ref turned, 20);
        r3.StoreUnsafe(ref turned, 24);
        r7.StoreUnsafe(ref turned, 28);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TransformRows(ref int turned, nuint first, ref byte target, int stride)
    {
        var r0 = Vector128.LoadUnsafe(ref turned, first);
        var r1 = Vector128.LoadUnsafe(ref turned, first + 8);
        var r2 = Vector128.LoadUnsafe(ref turned, first + 16);
        var r3 = Vector128.LoadUnsafe(ref turned, first + 24);
        var r4 = Vector128.LoadUnsafe(ref turned, first + 32);
        var r5 = Vector128.LoadUnsafe(ref turned, first + 40);
        var r6 = Vector128.LoadUnsafe(ref turned, first + 48);
        var r7 = Vector128.LoadUnsafe(ref turned, first + 56);
        Pass(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7, InverseDct.SecondBias, InverseDct.SecondShift);

        // Each vector is a column of four samples now; four of them packed into bytes are half of four rows.
        var left = (Clamp(r0) | (Clamp(r1) << 8) | (Clamp(r2) << 16) | (Clamp(r3) << 24)).AsUInt32();
        var right = (Clamp(r4) | (Clamp(r5) << 8) | (Clamp(r6) << 16) | (Clamp(r7) << 24)).AsUInt32();
        Store(Vector128.WidenLower(left) | (Vector128.WidenLower(right) << 32), ref target, stride);
        Store(Vector128.WidenUpper(left) | (Vector128.WidenUpper(right) << 32), ref Unsafe.Add(ref target, 2 * stride), stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Dequantize(ref short coefficients, ref short quantization, nuint start) =>
        Vector128.WidenLower(LoadFour(ref coefficients, start) * LoadFour(ref quantization, start));

    // By way of a number: not every processor with vectors of 128 bits has such of 64.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> LoadFour(ref short values, nuint start) =>
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<short, byte>(ref Unsafe.Add(ref values, start)))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Clamp(Vector128<int> samples) =>
        Vector128.Min(Vector128.Max(samples, Vector128<int>.Zero), Vector128.Create(255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<ulong> rows, ref byte target, int stride)
    {
        Write(ref target, rows.GetElement(0));
        Write(ref Unsafe.Add(ref target, stride), rows.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ref byte target, ulong row) =>
        Unsafe.WriteUnaligned(ref target, BitConverter.IsLittleEndian ? row : BinaryPrimitives.ReverseEndianness(row));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector128<int> r0, ref Vector128<int> r1, ref Vector128<int> r2, ref Vector128<int> r3,
        ref Vector128<int> r4, ref Vector128<int> r5, ref Vector128<int> r6, ref Vector128<int> r7, int bias, int shift)
    {
        var z1 = (r2 + r6) * InverseDct.C0541;
        var t2 = z1 - (r6 * InverseDct.C1847);
        var t3 = z1 + (r2 * InverseDct.C0765);
        var t0 = ((r0 + r4) << InverseDct.ConstantBits) + Vector128.Create(bias);
        var t1 = ((r0 - r4) << InverseDct.ConstantBits) + Vector128.Create(bias);
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

    // Exchanges the off-diagonal quarters of the matrix, then of each quarter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref Vector128<int> r0, ref Vector128<int> r1, ref Vector128<int> r2, ref Vector128<int> r3)
    {
        ExchangeTwos(ref r0, ref r2);
        ExchangeTwos(ref r1, ref r3);
        ExchangeOnes(ref r0, ref r1);
        ExchangeOnes(ref r2, ref r3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExchangeTwos(ref Vector128<int> a, ref Vector128<int> b)
    {
        var lower = Vector128.Create(-1, -1, 0, 0);
        var movedA = Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1));
        var movedB = Vector128.Shuffle(b, Vector128.Create(2, 3, 0, 1));
        a = Vector128.ConditionalSelect(lower, a, movedB);
        b = Vector128.ConditionalSelect(lower, movedA, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExchangeOnes(ref Vector128<int> a, ref Vector128<int> b)
    {
        var lower = Vector128.Create(-1, 0, -1, 0);
        var movedA = Vector128.Shuffle(a, Vector128.Create(1, 0, 3, 2));
        var movedB = Vector128.Shuffle(b, Vector128.Create(1, 0, 3, 2));
        a = Vector128.ConditionalSelect(lower, a, movedB);
        b = Vector128.ConditionalSelect(lower, movedA, b);
    }
}
