using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// Doubles rows and columns of samples by a triangle filter. Rounding alternates between neighbours, so that it shifts
/// no level on the average. At the borders the outermost sample stands for the missing one.
/// </summary>
/// <remarks>Each sample costs a handful of vector instructions for sixteen.</remarks>
internal static class TriangleFilter
{
    /// <summary>The sums 3 x near + far of two rows.</summary>
    internal static void SumRows(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> sums)
    {
        int i = Vector128.IsHardwareAccelerated ? SumRowsVector(near, far, sums) : 0;
        SumRowsScalar(near, far, sums, i);
    }

    /// <summary>Two samples of each sum of two rows.</summary>
    /// <param name="sums">The sums, from the second entry to the last but one; the outer two are set here.</param>
    /// <param name="samples">Twice as many samples, or one less.</param>
    internal static void DoubleSums(Span<ushort> sums, Span<byte> samples)
    {
        Extend(sums);
        int i = Vector128.IsHardwareAccelerated ? DoubleVector(sums, samples, 4, 8, 7) : 0;
        DoubleScalar(sums, samples, 4, 8, 7, i);
    }

    /// <summary>Two samples of each sample of a row.</summary>
    /// <param name="row">The samples.</param>
    /// <param name="samples">Twice as many samples, or one less.</param>
    /// <param name="work">Two entries more than the row.</param>
    internal static void DoubleColumns(ReadOnlySpan<byte> row, Span<byte> samples, Span<ushort> work)
    {
        Widen(row, work[1..]);
        Extend(work);
        int i = Vector128.IsHardwareAccelerated ? DoubleVector(work, samples, 2, 1, 2) : 0;
        DoubleScalar(work, samples, 2, 1, 2, i);
    }

    /// <summary>A row between two others: 3/4 of the near one and 1/4 of the far one.</summary>
    internal static void BlendRows(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int bias, Span<byte> samples)
    {
        int i = Vector128.IsHardwareAccelerated ? BlendRowsVector(near, far, bias, samples) : 0;
        BlendRowsScalar(near, far, bias, samples, i);
    }

    internal static void SumRowsScalar(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> sums, int start)
    {
        for (int i = start; i < near.Length; i++)
        {
            sums[i] = (ushort)((3 * near[i]) + far[i]);
        }
    }

    internal static void DoubleScalar(ReadOnlySpan<ushort> sums, Span<byte> samples, int shift, int leftBias, int rightBias, int start)
    {
        for (int i = start; i < sums.Length - 2; i++)
        {
            int own = 3 * sums[i + 1];
            samples[2 * i] = (byte)((own + sums[i] + leftBias) >> shift);
            if ((2 * i) + 1 < samples.Length)
            {
                samples[(2 * i) + 1] = (byte)((own + sums[i + 2] + rightBias) >> shift);
            }
        }
    }

    internal static void BlendRowsScalar(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int bias, Span<byte> samples, int start)
    {
        for (int i = start; i < near.Length; i++)
        {
            samples[i] = (byte)(((3 * near[i]) + far[i] + bias) >> 2);
        }
    }

    private static void Extend(Span<ushort> sums)
    {
        sums[0] = sums[1];
        sums[^1] = sums[^2];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<byte> row, Span<ushort> wide)
    {
        int i = 0;
        for (; i <= row.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Load(row, i).CopyTo(wide[i..]);
        }

        for (; i < row.Length; i++)
        {
            wide[i] = row[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SumRowsVector(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> sums)
    {
        int i = 0;
        for (; i <= near.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var own = Load(near, i);
            (own + own + own + Load(far, i)).CopyTo(sums[i..]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int DoubleVector(ReadOnlySpan<ushort> sums, Span<byte> samples, int shift, int leftBias, int rightBias)
    {
        // The two samples of a sum are the two bytes of one lane.
        var left = Vector256.Create((ushort)leftBias);
        var right = Vector256.Create((ushort)rightBias);
        var pairs = MemoryMarshal.Cast<byte, ushort>(samples);
        int step = Vector256<ushort>.Count;
        int i = 0;
        for (; BitConverter.IsLittleEndian && i <= sums.Length - 2 - step && i <= pairs.Length - step; i += step)
        {
            var own = Vector256.Create(sums.Slice(i + 1, step));
            own = own + own + own;
            var even = (own + Vector256.Create(sums.Slice(i, step)) + left) >>> shift;
            var odd = (own + Vector256.Create(sums.Slice(i + 2, step)) + right) >>> shift;
            (even | (odd << 8)).CopyTo(pairs[i..]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int BlendRowsVector(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, int bias, Span<byte> samples)
    {
        int i = 0;
        for (; i <= near.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var own = Load(near, i);
            var blend = (own + own + own + Load(far, i) + Vector256.Create((ushort)bias)) >>> 2;
            Vector128.Narrow(blend.GetLower(), blend.GetUpper()).CopyTo(samples[i..]);
        }

        return i;
    }

    private static Vector256<ushort> Load(ReadOnlySpan<byte> row, int start) =>
        Vector256.WidenLower(Vector128.Create(row.Slice(start, Vector128<byte>.Count)).ToVector256Unsafe());
}
