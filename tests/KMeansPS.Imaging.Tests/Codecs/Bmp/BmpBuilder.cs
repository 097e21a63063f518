using System.Buffers.Binary;

namespace KMeansPS.Imaging.Tests.Codecs.Bmp;

/// <summary>Makes BMP files, also such as must not be.</summary>
internal sealed record BmpBuilder(int Width, int Height, int Bits)
{
    internal int HeaderLength { get; init; } = 40;

    internal uint Compression { get; init; }

    internal uint[] Masks { get; init; } = [];

    internal Rgba[] Palette { get; init; } = [];

    internal int? ColorsUsed { get; init; }

    internal int? PixelOffset { get; init; }

    internal byte[] Data { get; init; } = [];

    internal byte[] ToArray()
    {
        int masksAfter = HeaderLength == 40 ? 4 * Masks.Length : 0;
        int entry = HeaderLength == 12 ? 3 : 4;
        int offset = 14 + HeaderLength + masksAfter + entry * Palette.Length;
        var file = new byte[offset + Data.Length];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), PixelOffset ?? offset);
        var header = file.AsSpan(14);
        BinaryPrimitives.WriteInt32LittleEndian(header, HeaderLength);
        if (HeaderLength == 12)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], (ushort)Width);
            BinaryPrimitives.WriteUInt16LittleEndian(header[6..], (ushort)Height);
            header[8] = 1;
            header[10] = (byte)Bits;
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(header[4..], Width);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], Height);
            header[12] = 1;
            header[14] = (byte)Bits;
            if (HeaderLength >= 40)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Compression);
                BinaryPrimitives.WriteInt32LittleEndian(header[32..], ColorsUsed ?? Palette.Length);
            }

            for (int i = 0; i < Masks.Length && 40 + 4 * i < HeaderLength + masksAfter; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(header[(40 + 4 * i)..], Masks[i]);
            }
        }

        for (int i = 0; i < Palette.Length; i++)
        {
            byte[] color = [Palette[i].B, Palette[i].G, Palette[i].R];
            color.CopyTo(header[(HeaderLength + masksAfter + entry * i)..]);
        }

        Data.CopyTo(file, offset);
        return file;
    }
}
