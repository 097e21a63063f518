using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Quantization;

/// <summary>A colour as the 32-bit number that its bytes R, G, B, A make on a little-endian machine.</summary>
internal static class PackedColor
{
    private const uint AlphaMask = 0xFF000000;

    internal static bool IsOpaque(uint color) => color >= AlphaMask;

    /// <summary>Whether all of them are.</summary>
    internal static bool AreOpaque(ReadOnlySpan<uint> colors)
    {
        var all = Vector256.Create(AlphaMask);
        int done = 0;
        for (; done <= colors.Length - Vector256<uint>.Count; done += Vector256<uint>.Count)
        {
            all &= Vector256.Create(colors[done..]);
        }

        uint rest = AlphaMask;
        for (; done < colors.Length; done++)
        {
            rest &= colors[done];
        }

        return rest == AlphaMask && Vector256.EqualsAll(all, Vector256.Create(AlphaMask));
    }

    /// <summary>The colour itself, or transparent black for every colour that cannot be seen.</summary>
    internal static uint Visible(uint color) => (color & AlphaMask) == 0 ? 0 : color;

    internal static Rgba Visible(Rgba color) => color.A == 0 ? default : color;

    internal static Rgba ToRgba(uint color) => new((byte)color, (byte)(color >> 8), (byte)(color >> 16), (byte)(color >> 24));
}
