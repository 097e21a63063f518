using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// Turns rows of samples into RGBA pixels, each a number whose lowest byte is red. YCbCr as in JFIF 1.02 (ITU-T T.871),
/// with 16 bits behind the point and rounding to the nearest, as other programs have it.
/// </summary>
internal static class ColorConverter
{
    private const uint Opaque = 0xFF000000;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void GrayToRgba(ReadOnlySpan<byte> gray, Span<uint> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (gray[i] * 0x010101u) | Opaque;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RgbToRgba(ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, Span<uint> pixels)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = red[i] | ((uint)green[i] << 8) | ((uint)blue[i] << 16) | Opaque;
        }
    }

    internal static void YCbCrToRgba(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<uint> pixels)
    {
        int i = Vector128.IsHardwareAccelerated ? YCbCrToRgbaVector(luma, cb, cr, pixels) : 0;
        YCbCrToRgbaScalar(luma[i..], cb[i..], cr[i..], pixels[i..]);
    }

    /// <summary>The plain form, which the vector form must equal.</summary>
    internal static void YCbCrToRgbaScalar(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<uint> pixels)
    {
        const int Half = 1 << 15;
        for (int i = 0; i < pixels.Length; i++)
        {
            int y = luma[i];
            int b = cb[i] - 128;
            int r = cr[i] - 128;
            int red = Math.Clamp(y + (((91881 * r) + Half) >> 16), 0, 255);
            int green = Math.Clamp(y + (((-22554 * b) - (46802 * r) + Half) >> 16), 0, 255);
            int blue = Math.Clamp(y + (((116130 * b) + Half) >> 16), 0, 255);
            pixels[i] = (uint)(red | (green << 8) | (blue << 16)) | Opaque;
        }
    }

    /// <summary>Takes CMY that lie in <paramref name="pixels"/> as RGB, and inverted K, to RGB.</summary>
    /// <param name="black">255 for no black at all.</param>
    /// <param name="pixels">The row.</param>
    /// <param name="isInverted">Whether the pixels have to be subtracted from white first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyByBlack(ReadOnlySpan<byte> black, Span<uint> pixels, bool isInverted)
    {
        uint inversion = isInverted ? 0xFFFFFFu : 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            uint pixel = pixels[i] ^ inversion;
            uint k = black[i];
            pixels[i] = Multiply(pixel & 255, k) | (Multiply((pixel >> 8) & 255, k) << 8) | (Multiply((pixel >> 16) & 255, k) << 16) | Opaque;
        }
    }

    // a x b / 255 to the nearest, without a division.
    private static uint Multiply(uint a, uint b)
    {
        uint product = (a * b) + 128;
        return (product + (product >> 8)) >> 8;
    }

    // Sixteen pixels at once in lanes of 16 bits. A product c x / 2^16 with |x| <= 128 does not fit into one, but with
    // c = 256 h + l it is (h x + floor(l x / 256) + 128) >> 8, rounding included, and every part of that fits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int YCbCrToRgbaVector(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<uint> pixels)
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
