using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// Dequantization and the inverse DCT: the algorithm of C. Loeffler, A. Ligtenberg and G. Moschytz, "Practical fast 1-D
/// DCT algorithms with 11 multiplications" (1989), in the fixed-point form that the Independent JPEG Group calls the
/// slow integer one, so that the samples are those of other programs to the last bit.
/// </summary>
/// <remarks>Columns first, with 2 more bits kept between the passes; the constants have 13 bits behind the point.</remarks>
internal static class InverseDct
{
    internal const int ConstantBits = 13;
    internal const int PassBits = 2;
    internal const int FirstShift = ConstantBits - PassBits;
    internal const int SecondShift = ConstantBits + PassBits + 3;

    /// <summary>Half a unit for rounding in the first pass, at the scale at which the even part begins.</summary>
    internal const int FirstBias = 1 << (FirstShift - 1);

    /// <summary>Half a unit, and the level shift of 128 back to unsigned samples.</summary>
    internal const int SecondBias = (1 << (SecondShift - 1)) + (128 << SecondShift);

    internal const int C0298 = 2446;
    internal const int C0390 = 3196;
    internal const int C0541 = 4433;
    internal const int C0765 = 6270;
    internal const int C0899 = 7373;
    internal const int C1175 = 9633;
    internal const int C1501 = 12299;
    internal const int C1847 = 15137;
    internal const int C1961 = 16069;
    internal const int C2053 = 16819;
    internal const int C2562 = 20995;
    internal const int C3072 = 25172;

    /// <summary>Turns a block of coefficients into samples.</summary>
    /// <param name="coefficients">64 quantized coefficients, row by row.</param>
    /// <param name="quantization">64 quantization steps, row by row.</param>
    /// <param name="samples">Where the block's first sample goes; the last one lies 7 strides and 7 further.</param>
    /// <param name="stride">From one row of samples to the next.</param>
    internal static void Transform(ReadOnlySpan<short> coefficients, ReadOnlySpan<short> quantization, Span<byte> samples, int stride)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            InverseDctVector256.Transform(coefficients, quantization, samples, stride);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            InverseDctVector128.Transform(coefficients, quantization, samples, stride);
        }
        else
        {
            TransformScalar(coefficients, quantization, samples, stride);
        }
    }

    /// <summary>The same for a block that has its first coefficient only: all samples are alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TransformDcOnly(int coefficient, int quantization, Span<byte> samples, int stride)
    {
        int dc = (short)(coefficient * quantization) << PassBits;
        int sample = Math.Clamp(((dc << ConstantBits) + SecondBias) >> SecondShift, 0, 255);
        ulong row = (ulong)sample * 0x0101010101010101;
        ref byte target = ref MemoryMarshal.GetReference(samples[..((7 * stride) + 8)]);
        for (int y = 0; y < 8; y++)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, y * stride), row);
        }
    }

    /// <summary>The plain form, which the vector form must equal.</summary>
    internal static void TransformScalar(ReadOnlySpan<short> coefficients, ReadOnlySpan<short> quantization, Span<byte> samples, int stride)
    {
        Span<int> work = stackalloc int[ZigZag.BlockSize];
        for (int i = 0; i < work.Length; i++)
        {
            work[i] = (short)(coefficients[i] * quantization[i]);
        }

        for (int column = 0; column < 8; column++)
        {
            Pass(work[column..], 8, FirstBias, FirstShift);
        }

        for (int row = 0; row < 8; row++)
        {
            var line = work.Slice(row * 8, 8);
            Pass(line, 1, SecondBias, SecondShift);
            for (int x = 0; x < 8; x++)
            {
                samples[(row * stride) + x] = (byte)Math.Clamp(line[x], 0, 255);
            }
        }
    }

    private static void Pass(Span<int> v, int step, int bias, int shift)
    {
        int z1 = (v[2 * step] + v[6 * step]) * C0541;
        int t2 = z1 - (v[6 * step] * C1847);
        int t3 = z1 + (v[2 * step] * C0765);
        int t0 = ((v[0] + v[4 * step]) << ConstantBits) + bias;
        int t1 = ((v[0] - v[4 * step]) << ConstantBits) + bias;
        int e0 = t0 + t3;
        int e1 = t1 + t2;
        int e2 = t1 - t2;
        int e3 = t0 - t3;

        int a = v[7 * step];
        int b = v[5 * step];
        int c = v[3 * step];
        int d = v[step];
        int z5 = (a + b + c + d) * C1175;
        int z3 = z5 - ((a + c) * C1961);
        int z4 = z5 - ((b + d) * C0390);
        int y1 = (a + d) * C0899;
        int y2 = (b + c) * C2562;
        int o0 = (d * C1501) - y1 + z4;
        int o1 = (c * C3072) - y2 + z3;
        int o2 = (b * C2053) - y2 + z4;
        int o3 = (a * C0298) - y1 + z3;

        v[0] = (e0 + o0) >> shift;
        v[7 * step] = (e0 - o0) >> shift;
        v[step] = (e1 + o1) >> shift;
        v[6 * step] = (e1 - o1) >> shift;
        v[2 * step] = (e2 + o2) >> shift;
        v[5 * step] = (e2 - o2) >> shift;
        v[3 * step] = (e3 + o3) >> shift;
        v[4 * step] = (e3 - o3) >> shift;
    }
}
