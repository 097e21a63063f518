namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// What deflate codes: one literal byte, or a copy of so many bytes from so far back. Its bits are the byte, or the
/// length above the 16 bits of the distance less one.
/// </summary>
/// <param name="Bits">The packed form.</param>
internal readonly record struct DeflateToken(uint Bits)
{
    internal static DeflateToken Copy(int length, int distance) => new(((uint)length << 16) | (uint)(distance - 1));

    internal bool IsLiteral => Bits < 256;

    /// <summary>The length of a copy; of no meaning for a literal.</summary>
    internal int Length => (int)(Bits >> 16);

    /// <summary>The distance of a copy less one: 0 to 32767.</summary>
    internal int BeforeDistance => (int)(Bits & 0xFFFF);

    /// <summary>How many bytes the token stands for.</summary>
    internal int Span => IsLiteral ? 1 : Length;
}
