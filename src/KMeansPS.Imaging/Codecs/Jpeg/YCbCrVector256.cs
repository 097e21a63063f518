using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>YCbCr to RGBA, sixteen pixels at once in lanes of 16 bits: about 50 instructions.</summary>
/// <remarks>
/// A product c x / 2^16 with |x| at most 128 does not fit into a lane, but with c = 256 h + l it is
/// (h x + floor(l x / 256) + 128) / 256, rounding included, and every part of that fits.
/// </remarks>
internal static class YCbCrVector256
{
    /// <summary>Converts as many pixels as whole vectors hold.</summary>
    /// <returns>How many that were.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Convert(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<uint> pixels)
    {
        int step = Vector256<short>.Count;
        int end = pixels.Length - step;
        ref byte lumaStart = ref MemoryMarshal.GetReference(luma[..pixels.Length]);
        ref byte cbStart = ref MemoryMarshal.GetReference(cb[..pixels.Length]);
        ref byte crStart = ref MemoryMarshal.GetReference(cr[..pixels.Length]);
        ref uint target = ref MemoryMarshal.GetReference(pixels);
        int i = 0;
        for (; i <= end; i += step)
        {
            var y = Load(ref lumaStart, i);
            var b = Load(ref cbStart, i) - Vector256.Create((short)128);
            var r = Load(ref crStart, i) - Vector256.Create((short)128);

            // 1.402 = 1 + 26345 / 2^16; 1.772 = 2 - 14942 / 2^16; -0.71414 = -1 + 18734 / 2^16; -0.34414 = -22554 / 2^16
            var red = y + r + Round(r * 102, r * 233);
            var blue = y + b + b + Round(b * -59, b * 162);
            var green = y - r + Round((b * -88) + (r * 73), (b * -26) + (r * 46));

            var redGreen = (Clamp(red) | (Clamp(green) << 8)).AsUInt16();
            var blueAlpha = (Clamp(blue) | Vector256.Create(unchecked((short)0xFF00))).AsUInt16();
            (Vector256.WidenLower(redGreen) | (Vector256.WidenLower(blueAlpha) << 16)).StoreUnsafe(ref target, (nuint)i);
            (Vector256.WidenUpper(redGreen) | (Vector256.WidenUpper(blueAlpha) << 16)).StoreUnsafe(ref target, (nuint)(i + (step / 2)));
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Load(ref byte start, int offset) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(ref start, (nuint)offset).ToVector256Unsafe()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Round(Vector256<short> high, Vector256<short> low) => (high + (low >> 8) + Vector256.Create((short)128)) >> 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Clamp(Vector256<short> samples) =>
        Vector256.Min(Vector256.Max(samples, Vector256<short>.Zero), Vector256.Create((short)255));
}
