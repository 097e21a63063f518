namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>Blocks without compression (RFC 1951, 3.2.4).</summary>
internal static class StoredBlocks
{
    private const int Longest = 0xFFFF;
    private const int HeadLength = 5;

    /// <summary>The most bits that so many bytes take.</summary>
    internal static long BitCount(int length) => 8 * (length + (HeadLength * (((long)length + Longest - 1) / Longest)));

    /// <summary>Writes blocks and aligns the writer.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="isLast">Whether the stream ends with them.</param>
    /// <param name="bits">Where they go.</param>
    internal static void Write(ReadOnlySpan<byte> data, bool isLast, BitWriter bits)
    {
        do
        {
            var block = data[..Math.Min(data.Length, Longest)];
            data = data[block.Length..];
            bits.Write(isLast && data.IsEmpty ? 1UL : 0UL, 3);
            bits.Align();
            bits.Write((uint)block.Length | ((ulong)(ushort)~block.Length << 16), 32);
            bits.Write(block);
        }
        while (!data.IsEmpty);
    }
}
