using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

/// <summary>Makes PNG files chunk by chunk, also such as must not be.</summary>
internal sealed class PngBuilder
{
    private readonly List<byte> _file = [.. PngChunkReader.Signature];

    internal PngBuilder Chunk(string type, byte[] data, uint crcError = 0)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        _file.AddRange(number);
        byte[] checkedBytes = [.. Encoding.ASCII.GetBytes(type), .. data];
        _file.AddRange(checkedBytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, PlainCrc(checkedBytes) ^ crcError);
        _file.AddRange(number);
        return this;
    }

    internal PngBuilder Header(int width, int height, int depth, int colorType, int interlace = 0, int compression = 0, int filter = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        data[8] = (byte)depth;
        data[9] = (byte)colorType;
        data[10] = (byte)compression;
        data[11] = (byte)filter;
        data[12] = (byte)interlace;
        return Chunk("IHDR", data);
    }

    internal PngBuilder Pixels(params byte[] rows) => Chunk("IDAT", Deflate(rows));

    internal byte[] End() => Chunk("IEND", []).ToArray();

    internal byte[] ToArray() => [.. _file];

    internal static byte[] Deflate(byte[] data)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }

    /// <summary>The CRC of the standard's annex D, bit by bit.</summary>
    internal static uint PlainCrc(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
            }
        }

        return ~crc;
    }

    /// <summary>Sets the CRC of every chunk right, as far as the lengths lead.</summary>
    internal static void RepairCrcs(byte[] file)
    {
        for (int offset = 8; offset + 12 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(offset));
            if (length > file.Length - offset - 12)
            {
                return;
            }

            var crc = file.AsSpan(offset + 8 + (int)length, 4);
            BinaryPrimitives.WriteUInt32BigEndian(crc, PlainCrc(file.AsSpan(offset + 4, 4 + (int)length)));
            offset += 12 + (int)length;
        }
    }

    /// <summary>The types of a file's chunks in their order.</summary>
    internal static IReadOnlyList<(string Type, byte[] Data)> ChunksOf(byte[] file)
    {
        var chunks = new List<(string, byte[])>();
        for (int offset = 8; offset < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(offset));
            chunks.Add((Encoding.ASCII.GetString(file, offset + 4, 4), file.AsSpan(offset + 8, length).ToArray()));
            Assert.Equal(PlainCrc(file.AsSpan(offset + 4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(offset + 8 + length)));
            offset += 12 + length;
        }

        return chunks;
    }
}
