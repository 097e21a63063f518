using System.Numerics;
using System.Runtime.InteropServices;

namespace KMeansPS.PointFiles.Npy;

/// <summary>Reads the values of an NPY file.</summary>
internal static class NpyReader
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Reads all values in the given precision.</summary>
    /// <param name="input">Stands after the header.</param>
    /// <param name="header">The header.</param>
    internal static PointTable<T> Read<T>(ByteInput input, NpyHeader header)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        header.ThrowIfTooLargeForOneSet(header.DataOffset);
        int count = (int)header.Count;

        // A pipe does not tell its length, so a claim is believed only as far as bytes have come.
        var values = input.Remaining is null ? GrowWithInput<T>(input, header) : ReadInto(input, header, new T[count * header.Dimension], 0);
        if (header.ColumnMajor)
        {
            values = Transpose(values, count, header.Dimension);
        }

        return new PointTable<T>(values, header.Dimension, [], new RowLines("Row"));
    }

    private static T[] GrowWithInput<T>(ByteInput input, NpyHeader header)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int total = (int)header.Count * header.Dimension;
        T[] values = [];
        while (values.Length < total)
        {
            int filled = values.Length;
            Array.Resize(ref values, (int)Math.Min(total, Math.Max(ChunkBytes, 2L * filled)));
            ReadInto(input, header, values, filled);
        }

        return values;
    }

    private static T[] ReadInto<T>(ByteInput input, NpyHeader header, T[] values, int from)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = header.Element.Size;
        if (header.Element.IsStoredAs<T>())
        {
            for (int at = from; at < values.Length;)
            {
                int length = Math.Min(ChunkBytes, values.Length - at);
                Fill(input, header, MemoryMarshal.AsBytes(values.AsSpan(at, length)), (long)at * size);
                at += length;
            }

            return values;
        }

        var bytes = new byte[ChunkBytes];
        for (int at = from; at < values.Length;)
        {
            int length = Math.Min(ChunkBytes / size, values.Length - at);
            var chunk = bytes.AsSpan(0, length * size);
            Fill(input, header, chunk, (long)at * size);
            header.Element.Convert(chunk, values.AsSpan(at, length));
            at += length;
        }

        return values;
    }

    private static void Fill(ByteInput input, NpyHeader header, Span<byte> target, long before)
    {
        int there = input.ReadInto(target);
        if (there < target.Length)
        {
            throw NpyHeader.Truncated(input.Offset, header.DataBytes, before + there);
        }
    }

    // Tile by tile, so that the lines of both sides stay in the cache.
    private static T[] Transpose<T>(T[] columns, int count, int dimension)
    {
        const int Tile = 32;
        var rows = new T[columns.Length];
        for (int top = 0; top < count; top += Tile)
        {
            int bottom = Math.Min(top + Tile, count);
            for (int left = 0; left < dimension; left += Tile)
            {
                int right = Math.Min(left + Tile, dimension);
                for (int i = top; i < bottom; i++)
                {
                    for (int j = left; j < right; j++)
                    {
                        rows[(i * dimension) + j] = columns[(j * count) + i];
                    }
                }
            }
        }

        return rows;
    }
}
