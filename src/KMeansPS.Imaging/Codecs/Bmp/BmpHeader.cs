using System.Buffers.Binary;
using System.Numerics;

namespace KMeansPS.Imaging.Codecs.Bmp;

/// <summary>
/// The head of a file: BITMAPFILEHEADER and one of BITMAPCOREHEADER, BITMAPINFOHEADER, its versions 2 to 5, or the
/// header of OS/2 2.x (Microsoft, Windows GDI, "Bitmap Header Types"; IBM, OS/2 2.0 Presentation Manager Reference).
/// </summary>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="IsTopDown">Whether the first row in the file is the top one.</param>
/// <param name="BitsPerPixel">1, 4, 8, 16, 24 or 32.</param>
/// <param name="Compression">How the pixels are stored; BI_JPEG and BI_PNG do not come this far.</param>
/// <param name="Masks">The channels of 16 and 32 bits a pixel.</param>
/// <param name="PaletteOffset">Where the palette begins.</param>
/// <param name="PaletteEntryLength">Bytes of a palette entry: 3 or 4.</param>
/// <param name="PaletteCount">How many entries the palette has; 0 where pixels are no indices.</param>
/// <param name="PixelOffset">Where the pixels begin.</param>
internal readonly record struct BmpHeader(
    int Width,
    int Height,
    bool IsTopDown,
    int BitsPerPixel,
    BmpCompression Compression,
    BmpMasks Masks,
    int PaletteOffset,
    int PaletteEntryLength,
    int PaletteCount,
    long PixelOffset)
{
    private const int FileHeaderLength = 14;
    private const int CoreLength = 12;
    private const int InfoLength = 40;
    private const int Version2Length = 52;
    private const int Version3Length = 56;
    private const int Os2Length = 64;
    private const int Version5Length = 124;
    private const int MasksOffset = FileHeaderLength + InfoLength;

    /// <summary>Whether pixels are indices into the palette.</summary>
    internal bool IsIndexed => BitsPerPixel <= 8;

    /// <summary>Whether rows are run-length encoded.</summary>
    internal bool IsRunLength => Compression is BmpCompression.Rle8 or BmpCompression.Rle4;

    /// <summary>Bytes of a row without padding.</summary>
    internal long RowLength => ((long)Width * BitsPerPixel + 7) / 8;

    /// <summary>Bytes from one row to the next: a multiple of 4.</summary>
    internal long Stride => (RowLength + 3) / 4 * 4;

    /// <summary>Reads the head of a file.</summary>
    /// <param name="stream">At the start of the file.</param>
    internal static BmpHeader Read(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[FileHeaderLength + Version5Length];
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        ReadOnlySpan<byte> head = bytes[..count];
        if (!head.StartsWith("BM"u8))
        {
            throw BmpFault.Broken(0, "the file does not start with BM");
        }

        Need(head, FileHeaderLength + 4);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[FileHeaderLength..]);
        if (length is < CoreLength or > CoreLength and < 16)
        {
            throw BmpFault.Broken(FileHeaderLength, $"a header of {length} bytes cannot be");
        }

        if (length > Version5Length)
        {
            throw BmpFault.Unsupported(FileHeaderLength, $"a header of {length} bytes is not known");
        }

        Need(head, FileHeaderLength + (int)length);
        return length == CoreLength ? ParseCore(head) : ParseInfo(head, (int)length);
    }

    private static void Need(ReadOnlySpan<byte> head, int length)
    {
        if (head.Length < length)
        {
            throw BmpFault.Broken(head.Length, "the file ends within its header");
        }
    }

    private static BmpHeader ParseCore(ReadOnlySpan<byte> head)
    {
        int width = BinaryPrimitives.ReadUInt16LittleEndian(head[18..]);
        int height = BinaryPrimitives.ReadUInt16LittleEndian(head[20..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(head[24..]);
        CheckSize(width, height);
        CheckBits(bits, BmpCompression.Rgb, 24);
        var header = new BmpHeader(width, height, false, bits, BmpCompression.Rgb, MasksOf(bits), FileHeaderLength + CoreLength, 3, 1 << bits, 0);
        return header.WithPlaces(head);
    }

    private static BmpHeader ParseInfo(ReadOnlySpan<byte> head, int length)
    {
        // An OS/2 header may be cut short after any field: what is missing is zero.
        Span<byte> fields = stackalloc byte[InfoLength];
        fields.Clear();
        head.Slice(FileHeaderLength, Math.Min(length, InfoLength)).CopyTo(fields);
        int width = BinaryPrimitives.ReadInt32LittleEndian(fields[4..]);
        int height = BinaryPrimitives.ReadInt32LittleEndian(fields[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(fields[14..]);
        var compression = (BmpCompression)BinaryPrimitives.ReadUInt32LittleEndian(fields[16..]);
        uint colors = BinaryPrimitives.ReadUInt32LittleEndian(fields[32..]);
        bool isOs2 = length <= Os2Length && length is not (InfoLength or Version2Length or Version3Length);

        CheckSize(width, height);
        CheckCompression(compression, isOs2);
        CheckBits(bits, compression, 14 + FileHeaderLength);
        bool isTopDown = height < 0;
        if (isTopDown && compression is BmpCompression.Rle8 or BmpCompression.Rle4)
        {
            throw BmpFault.Broken(FileHeaderLength + 8, "run-length encoded rows cannot stand from top to bottom");
        }

        var masks = MasksOf(bits);
        int paletteOffset = FileHeaderLength + length;
        if (compression is BmpCompression.BitFields or BmpCompression.AlphaBitFields)
        {
            bool hasAlpha = length >= Version3Length || (compression == BmpCompression.AlphaBitFields && length == InfoLength);
            int end = MasksOffset + (hasAlpha ? 16 : 12);
            Need(head, end);
            masks = ReadMasks(head[MasksOffset..], hasAlpha, bits);
            paletteOffset = Math.Max(paletteOffset, end);
        }

        int count = colors == 0 ? 1 << Math.Min(bits, 8) : (int)Math.Min(colors, int.MaxValue);
        var header = new BmpHeader(width, Math.Abs(height), isTopDown, bits, compression, masks, paletteOffset, 4, count, 0);
        return header.WithPlaces(head);
    }

    // The offset of the pixels also limits the palette, whose count some writers get wrong.
    private BmpHeader WithPlaces(ReadOnlySpan<byte> head)
    {
        long pixelOffset = BinaryPrimitives.ReadUInt32LittleEndian(head[10..]);
        int count = IsIndexed ? Math.Min(PaletteCount, 1 << BitsPerPixel) : 0;
        if (pixelOffset == 0)
        {
            pixelOffset = PaletteOffset + (long)count * PaletteEntryLength;
        }

        if (pixelOffset < PaletteOffset)
        {
            throw BmpFault.Broken(10, $"the pixels are said to begin at byte {pixelOffset}, within the header");
        }

        count = (int)Math.Min(count, (pixelOffset - PaletteOffset) / PaletteEntryLength);
        if (IsIndexed && count == 0)
        {
            throw BmpFault.Broken(10, $"pixels of {BitsPerPixel} bits are indices, but there is no palette");
        }

        return this with { PaletteCount = count, PixelOffset = pixelOffset };
    }

    private static void CheckSize(int width, int height)
    {
        if (width <= 0 || height is 0 or int.MinValue)
        {
            throw BmpFault.Broken(FileHeaderLength + 4, $"a picture of {width} x {height} pixels cannot be");
        }
    }

    private static void CheckCompression(BmpCompression compression, bool isOs2)
    {
        const int offset = FileHeaderLength + 16;
        if (isOs2 && compression > BmpCompression.Rle4)
        {
            throw BmpFault.Unsupported(offset, $"compression {(uint)compression} of OS/2 is not known");
        }

        if (compression is BmpCompression.Jpeg or BmpCompression.Png)
        {
            throw BmpFault.Unsupported(offset, $"the pixels are an embedded {(compression == BmpCompression.Jpeg ? "JPEG" : "PNG")} file");
        }

        if (compression > BmpCompression.AlphaBitFields)
        {
            throw BmpFault.Unsupported(offset, $"compression {(uint)compression} is not known");
        }
    }

    private static void CheckBits(int bits, BmpCompression compression, int offset)
    {
        if (bits is 2 or 64)
        {
            throw BmpFault.Unsupported(offset, $"pixels of {bits} bits are not read");
        }

        bool isKnown = compression switch
        {
            BmpCompression.Rle8 => bits == 8,
            BmpCompression.Rle4 => bits == 4,
            BmpCompression.BitFields or BmpCompression.AlphaBitFields => bits is 16 or 32,
            _ => bits is 1 or 4 or 8 or 16 or 24 or 32,
        };
        if (!isKnown)
        {
            throw BmpFault.Broken(offset, $"pixels of {bits} bits with compression {(uint)compression} cannot be");
        }
    }

    private static BmpMasks MasksOf(int bits) => bits == 16 ? BmpMasks.Rgb555 : BmpMasks.Bgrx;

    private static BmpMasks ReadMasks(ReadOnlySpan<byte> data, bool hasAlpha, int bits)
    {
        var masks = new BmpMasks(
            ReadMask(data, 0, bits),
            ReadMask(data, 1, bits),
            ReadMask(data, 2, bits),
            hasAlpha ? ReadMask(data, 3, bits) : 0);
        if ((masks.Red | masks.Green | masks.Blue) == 0)
        {
            throw BmpFault.Broken(MasksOffset, "the masks of red, green and blue are all zero");
        }

        return masks;
    }

    private static uint ReadMask(ReadOnlySpan<byte> data, int index, int bits)
    {
        uint mask = BinaryPrimitives.ReadUInt32LittleEndian(data[(4 * index)..]);
        uint ones = mask == 0 ? 0 : mask >> BitOperations.TrailingZeroCount(mask);
        if ((ones & (ones + 1)) != 0 || (ulong)mask >> bits != 0)
        {
            throw BmpFault.Broken(MasksOffset + 4 * index, $"0x{mask:X8} is no mask of bits that stand together within {bits}");
        }

        return mask;
    }
}
