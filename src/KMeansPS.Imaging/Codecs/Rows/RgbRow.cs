using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Rows;

/// <summary>Rows of three bytes a pixel, to and from RGBA: four pixels a step in vectors, one a step at the end.</summary>
internal static class RgbRow
{
    /// <summary>R, G, B to opaque RGBA.</summary>
    /// <param name="row">Three bytes a pixel.</param>
    /// <param name="pixels">As many pixels as the row has.</param>
    internal static void Expand(ReadOnlySpan<byte> row, Span<Rgba> pixels) =>
        Expand(row, pixels, red: 0, Vector128.Create((byte)0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255));

    /// <summary>B, G, R to opaque RGBA.</summary>
    /// <param name="row">Three bytes a pixel.</param>
    /// <param name="pixels">As many pixels as the row has.</param>
    internal static void ExpandReversed(ReadOnlySpan<byte> row, Span<Rgba> pixels) =>
        Expand(row, pixels, red: 2, Vector128.Create((byte)2, 1, 0, 255, 5, 4, 3, 255, 8, 7, 6, 255, 11, 10, 9, 255));

    /// <summary>RGBA to R, G, B; alpha is dropped.</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="row">Three bytes a pixel.</param>
    internal static void Pack(ReadOnlySpan<Rgba> pixels, Span<byte> row)
    {
        int x = 0;
        if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            // Sixteen bytes are stored of which twelve count, so the last pixels are left to the plain loop.
            var source = MemoryMarshal.AsBytes(pixels);
            for (; row.Length - 3 * x >= Vector128<byte>.Count; x += 4)
            {
                var four = Vector128.Create<byte>(source[(4 * x)..]);
                Vector128.Shuffle(four, Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255)).CopyTo(row[(3 * x)..]);
            }
        }

        for (; x < pixels.Length; x++)
        {
            row[3 * x] = pixels[x].R;
            row[3 * x + 1] = pixels[x].G;
            row[3 * x + 2] = pixels[x].B;
        }
    }

    // The place of red in a pixel, and those of four pixels' channels; 255 is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(ReadOnlySpan<byte> row, Span<Rgba> pixels, int red, Vector128<byte> places)
    {
        int x = 0;
        if (Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian)
        {
            var target = MemoryMarshal.AsBytes(pixels);
            var opaque = Vector128.Create(0xFF000000u).AsByte();
            for (; row.Length - 3 * x >= Vector128<byte>.Count; x += 4)
            {
                var spread = Vector128.Shuffle(Vector128.Create<byte>(row[(3 * x)..]), places);
                (spread | opaque).CopyTo(target[(4 * x)..]);
            }
        }

        for (; x < pixels.Length; x++)
        {
            pixels[x] = new Rgba(row[3 * x + red], row[3 * x + 1], row[3 * x + 2 - red]);
        }
    }
}
