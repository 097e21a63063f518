using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// The CRC of PNG chunks (W3C PNG, third edition 2025, annex D: polynomial 0xEDB88320, reflected), eight bytes a step
/// (Kounavis and Berry 2005, slicing-by-8).
/// </summary>
internal static class Crc32
{
    /// <summary>The state before the first byte.</summary>
    internal const uint Start = 0xFFFFFFFF;

    // Eight tables of 256 entries, one after the other: entry n of table k is byte n followed by k zero bytes.
    private static readonly uint[] Tables = MakeTables();

    /// <summary>The state after some more bytes.</summary>
    internal static uint Append(uint state, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> tables = Tables;
        while (data.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(data) ^ state;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
            state = tables[0x700 + (int)(low & 0xFF)] ^ tables[0x600 + (int)((low >> 8) & 0xFF)]
                ^ tables[0x500 + (int)((low >> 16) & 0xFF)] ^ tables[0x400 + (int)(low >> 24)]
                ^ tables[0x300 + (int)(high & 0xFF)] ^ tables[0x200 + (int)((high >> 8) & 0xFF)]
                ^ tables[0x100 + (int)((high >> 16) & 0xFF)] ^ tables[(int)(high >> 24)];
            data = data[8..];
        }

        foreach (byte value in data)
        {
            state = tables[(int)((state ^ value) & 0xFF)] ^ (state >> 8);
        }

        return state;
    }

    /// <summary>The CRC that a state stands for.</summary>
    internal static uint Finish(uint state) => ~state;

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (uint n = 0; n < 256; n++)
        {
            uint value = n;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            tables[n] = value;
        }

        for (int n = 256; n < tables.Length; n++)
        {
            uint shorter = tables[n - 256];
            tables[n] = tables[(int)(shorter & 0xFF)] ^ (shorter >> 8);
        }

        return tables;
    }
}
