using System.Buffers.Binary;
using KMeansPS.Imaging.Metadata;

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
        int at = FindEntry(tiff, out bool littleEndian);
        if (at < 0)
        {
            return Upright;
        }

        var entry = tiff.Slice(at, EntryLength);
        uint value = ReadUInt16(entry[2..], littleEndian) switch
        {
            TypeShort => ReadUInt16(entry[8..], littleEndian),
            TypeLong => ReadUInt32(entry[8..], littleEndian),
            _ => Upright,
        };
        return value is >= 1 and <= 8 ? (int)value : Upright;
    }

    /// <summary>What metadata say of a picture once it has been turned upright.</summary>
    /// <param name="metadata">What they said before.</param>
    /// <param name="orientation">The orientation that the picture had.</param>
    internal static PictureMetadata Applied(PictureMetadata metadata, int orientation) => metadata with
    {
        Exif = Reset(metadata.Exif),
        Density = metadata.Density is { } density && ExchangesAxes(orientation) ? new PixelDensity(density.Y, density.X) : metadata.Density,
    };

    private static byte[]? Reset(byte[]? tiff)
    {
        int at = FindEntry(tiff, out bool littleEndian);
        if (at < 0 || Read(tiff) == Upright)
        {
            return tiff;
        }

        byte[] reset = [.. tiff!];
        bool isLong = ReadUInt16(reset.AsSpan(at + 2), littleEndian) == TypeLong;
        var value = reset.AsSpan(at + 8, isLong ? sizeof(uint) : sizeof(ushort));
        value.Clear();
        value[littleEndian ? 0 : value.Length - 1] = Upright;
        return reset;
    }

    // Returns where the entry of the tag stands in the first directory, or -1.
    private static int FindEntry(ReadOnlySpan<byte> tiff, out bool littleEndian)
    {
        littleEndian = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || (!littleEndian && !tiff.StartsWith("MM\0*"u8)))
        {
            return -1;
        }

        uint directory = ReadUInt32(tiff[4..], littleEndian);
        if (directory > tiff.Length - 2)
        {
            return -1;
        }

        int at = (int)directory + 2;
        for (int left = ReadUInt16(tiff[(int)directory..], littleEndian); left > 0 && at <= tiff.Length - EntryLength; left--, at += EntryLength)
        {
            if (ReadUInt16(tiff[at..], littleEndian) == Tag)
            {
                return at;
            }
        }

        return -1;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
