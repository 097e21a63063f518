using System.Buffers.Binary;
using System.Text;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The head of a chunk.</summary>
/// <param name="Type">The four letters, the first one in the highest byte.</param>
/// <param name="Length">Bytes of data, without head and CRC.</param>
/// <param name="Offset">Where in the file the chunk begins, at its length field.</param>
internal readonly record struct PngChunk(uint Type, int Length, long Offset)
{
    internal const uint Ihdr = 0x49484452;
    internal const uint Plte = 0x504C5445;
    internal const uint Idat = 0x49444154;
    internal const uint Iend = 0x49454E44;
    internal const uint Trns = 0x74524E53;
    internal const uint Iccp = 0x69434350;
    internal const uint Text = 0x74455874;
    internal const uint Ztxt = 0x7A545874;
    internal const uint Itxt = 0x69545874;
    internal const uint Exif = 0x65584966;
    internal const uint Phys = 0x70485973;

    /// <summary>kmPS, which is ours.</summary>
    internal const uint Mark = 0x6B6D5053;

    // Lower case in the first letter: a decoder that does not know the chunk may pass over it.
    private const uint AncillaryBit = 0x20000000;

    /// <summary>Whether the picture can be read without this chunk.</summary>
    internal bool IsAncillary => (Type & AncillaryBit) != 0;

    /// <summary>The four letters.</summary>
    internal string Name
    {
        get
        {
            Span<byte> letters = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(letters, Type);
            return Encoding.ASCII.GetString(letters);
        }
    }

    /// <summary>Whether all four bytes of a type are letters.</summary>
    internal static bool IsName(ReadOnlySpan<byte> type)
    {
        foreach (byte letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }

        return true;
    }
}
