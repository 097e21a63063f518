using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>Packs indices of one byte into 1, 2, 4 or 8 bits, the first into the highest bits.</summary>
internal static class IndexPacker
{
    /// <summary>The fewest bits that hold the indices of a palette: 1, 2, 4 or 8.</summary>
    internal static int BitsFor(int paletteCount) => paletteCount switch
    {
        <= 2 => 1,
        <= 4 => 2,
        <= 16 => 4,
        _ => 8,
    };

    /// <summary>Packs a run of indices; the bits after the last one are zero.</summary>
    /// <param name="indices">The indices, each below 2^bits.</param>
    /// <param name="bits">1, 2, 4 or 8.</param>
    /// <param name="packed">(indices x bits + 7) / 8 bytes.</param>
    internal static void Pack(ReadOnlySpan<byte> indices, int bits, Span<byte> packed)
    {
        if (bits == 8)
        {
            indices.CopyTo(packed);
            return;
        }

        int done = Vector128.IsHardwareAccelerated && BitConverter.IsLittleEndian ? PackVectors(indices, bits, packed) : 0;
        PackScalar(indices[(done * (8 / bits))..], bits, packed[done..]);
    }

    /// <summary>The plain form: one index a step.</summary>
    internal static void PackScalar(ReadOnlySpan<byte> indices, int bits, Span<byte> packed)
    {
        int perByte = 8 / bits;
        for (int i = 0, x = 0; x < indices.Length; i++)
        {
            int value = 0;
            for (int k = 0; k < perByte; k++, x++)
            {
                value = (value << bits) | (x < indices.Length ? indices[x] : 0);
            }

            packed[i] = (byte)value;
        }
    }

    // Returns how many bytes of the result are done: whole vectors only.
    private static int PackVectors(ReadOnlySpan<byte> indices, int bits, Span<byte> packed)
    {
        int perVector = Vector128<byte>.Count * (8 / bits);
        int done = 0;
        for (; indices.Length >= perVector; done += Vector128<byte>.Count)
        {
            var vector = bits switch
            {
                4 => Join(indices, 4),
                2 => Join(Join(indices, 2), Join(indices[32..], 2), 4),
                _ => Join(
                    Join(Join(indices, 1), Join(indices[32..], 1), 2),
                    Join(Join(indices[64..], 1), Join(indices[96..], 1), 2),
                    4),
            };
            vector.CopyTo(packed[done..]);
            indices = indices[perVector..];
        }

        return done;
    }

    private static Vector128<byte> Join(ReadOnlySpan<byte> indices, int bits) =>
        Join(Vector128.Create(indices), Vector128.Create(indices[16..]), bits);

    // Two neighbours to one byte: the even one goes up by so many bits, the odd one comes below it.
    private static Vector128<byte> Join(Vector128<byte> first, Vector128<byte> second, int bits) =>
        Vector128.Narrow(Join(first.AsUInt16(), bits), Join(second.AsUInt16(), bits));

    private static Vector128<ushort> Join(Vector128<ushort> pairs, int bits) =>
        ((pairs << bits) | (pairs >>> 8)) & Vector128.Create((ushort)0xFF);
}
