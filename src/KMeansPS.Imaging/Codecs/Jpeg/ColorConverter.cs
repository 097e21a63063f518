using System.Runtime.CompilerServices;
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
        int i = Vector256.IsHardwareAccelerated ? YCbCrVector256.Convert(luma, cb, cr, pixels)
            : Vector128.IsHardwareAccelerated ? YCbCrVector128.Convert(luma, cb, cr, pixels)
            : 0;
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
}
