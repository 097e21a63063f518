using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// An opaque colour as 24 bits: the upper six of red, green and blue, then the lower two of each, so that the colours of
/// a cell of 4 x 4 x 4 neighbours follow one another.
/// </summary>
internal static class ColorKey
{
    /// <summary>How many of the bits are the place in the cell; the others are the number of the cell.</summary>
    internal const int PlaceBits = 6;

    /// <summary>How many places a cell has.</summary>
    internal const int CellSize = 1 << PlaceBits;

    /// <summary>The bits of the place.</summary>
    internal const uint PlaceMask = CellSize - 1;

    /// <summary>How many cells there are.</summary>
    internal const int CellCount = 1 << 18;

    internal static uint Of(uint color) =>
        ((color & 0xFC) << 16) | ((color & 0xFC00) << 2) | ((color >> 12) & 0xFC0) | ((color & 3) << 4) | ((color >> 6) & 0xC) | ((color >> 16) & 3);

    /// <summary>The keys of packed colours: two operations a colour where there are vectors of 256 bits.</summary>
    internal static void Of(ReadOnlySpan<uint> colors, Span<uint> keys)
    {
        int done = 0;
        for (; done <= colors.Length - Vector256<uint>.Count; done += Vector256<uint>.Count)
        {
            var color = Vector256.Create(colors[done..]);
            var cell = ((color & Vector256.Create(0xFCu)) << 16) | ((color & Vector256.Create(0xFC00u)) << 2) | ((color >> 12) & Vector256.Create(0xFC0u));
            var place = ((color & Vector256.Create(3u)) << 4) | ((color >> 6) & Vector256.Create(0xCu)) | ((color >> 16) & Vector256.Create(3u));
            (cell | place).CopyTo(keys[done..]);
        }

        for (; done < colors.Length; done++)
        {
            keys[done] = Of(colors[done]);
        }
    }

    internal static Rgba ToColor(uint key) => new(
        (byte)(((key >> 16) & 0xFC) | ((key >> 4) & 3)),
        (byte)(((key >> 10) & 0xFC) | ((key >> 2) & 3)),
        (byte)(((key >> 4) & 0xFC) | (key & 3)));
}
