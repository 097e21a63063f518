using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Exif;

/// <summary>
/// The orientation of a picture in its EXIF data (JEITA CP-3451, tag 0x0112): 1 upright, 2 mirrored, 3 turned by 180
/// degrees, 4 upside down, 5 to 8 the same with rows and columns exchanged.
/// </summary>
internal static class ExifOrientation
{
    internal const int Upright = 1;

    private const int Tag = 0x0112;
    private const int TypeShort = 3;
    private const int TypeLong = 4;
    private const int EntryLength = 12;

    /// <summary>Whether rows of the file become columns of the picture.</summary>
    internal static bool ExchangesAxes(int orientation) => orientation >= 5;

    /// <summary>Reads the orientation, 1 to 8. Malformed EXIF data never spoil a picture: then it is upright.</summary>
    /// <param name="tiff">The TIFF structure that EXIF data are: a byte order, and directories.</param>
    internal static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return Upright;
        }

        bool littleEndian = tiff.StartsWith("II*\0"u8);
        if (!littleEndian && !tiff.StartsWith("MM\0*"u8))
        {
            return Upright;
        }

        uint directory = ReadUInt32(tiff[4..], littleEndian);
        if (directory > tiff.Length - 2)
        {
            return Upright;
        }

        var entries = tiff[(int)directory..];
        int count = ReadUInt16(entries, littleEndian);
        entries = entries[2..];
        for (int i = 0; i < count && entries.Length >= EntryLength; i++, entries = entries[EntryLength..])
        {
            if (ReadUInt16(entries, littleEndian) == Tag)
            {
                uint value = ReadUInt16(entries[2..], littleEndian) switch
                {
                    TypeShort => ReadUInt16(entries[8..], littleEndian),
                    TypeLong => ReadUInt32(entries[8..], littleEndian),
                    _ => Upright,
                };
                return value is >= 1 and <= 8 ? (int)value : Upright;
            }
        }

        return Upright;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
