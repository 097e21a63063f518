using System.Runtime.InteropServices;

namespace KMeansPS.Imaging;

/// <summary>One colour in sRGB, 8 bits a channel, alpha not premultiplied. Laid out in memory as the four bytes R, G, B, A.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
/// <param name="A">Alpha: 0 is transparent, 255 opaque.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 4)]
public readonly record struct Rgba(byte R, byte G, byte B, byte A = 255) : IComparable<Rgba>
{
    /// <summary>Compares by alpha, then red, green and blue: the order in which palettes and histograms list colours.</summary>
    public int CompareTo(Rgba other) => SortKey.CompareTo(other.SortKey);

    /// <summary>The colour as <c>#RRGGBB</c>, or <c>#RRGGBBAA</c> where it is not opaque.</summary>
    public override string ToString() => A == 255 ? $"#{R:X2}{G:X2}{B:X2}" : $"#{R:X2}{G:X2}{B:X2}{A:X2}";

    private uint SortKey => ((uint)A << 24) | ((uint)R << 16) | ((uint)G << 8) | B;

    /// <summary>Whether the left colour comes first.</summary>
    public static bool operator <(Rgba left, Rgba right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left colour comes first, or both are the same.</summary>
    public static bool operator <=(Rgba left, Rgba right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left colour comes last.</summary>
    public static bool operator >(Rgba left, Rgba right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left colour comes last, or both are the same.</summary>
    public static bool operator >=(Rgba left, Rgba right) => left.CompareTo(right) >= 0;
}
