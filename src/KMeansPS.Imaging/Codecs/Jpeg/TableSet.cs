using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>The tables in force at a point of the file, and the segments that define them (T.81, B.2.4).</summary>
internal sealed class TableSet
{
    /// <summary>Quantization tables, row by row. Their 16 bits may look negative: products are taken modulo 2^16 anyway.</summary>
    internal short[]?[] Quantization { get; } = new short[4][];

    internal HuffmanTable?[] Dc { get; } = new HuffmanTable[4];

    internal HuffmanTable?[] Ac { get; } = new HuffmanTable[4];

    internal int RestartInterval { get; private set; }

    internal void ReadQuantization(ReadOnlySpan<byte> segment, int offset)
    {
        while (segment.Length > 0)
        {
            int precision = segment[0] >> 4;
            int selector = segment[0] & 15;
            int size = ZigZag.BlockSize * (precision + 1);
            if (precision > 1 || selector > 3 || segment.Length < 1 + size)
            {
                throw JpegFault.Broken(offset, "a quantization table (DQT) is malformed");
            }

            var table = new short[ZigZag.BlockSize];
            for (int k = 0; k < ZigZag.BlockSize; k++)
            {
                table[ZigZag.ToNatural[k]] = precision == 0
                    ? segment[1 + k]
                    : BinaryPrimitives.ReadInt16BigEndian(segment[(1 + (2 * k))..]);
            }

            Quantization[selector] = table;
            segment = segment[(1 + size)..];
        }
    }

    internal void ReadHuffman(ReadOnlySpan<byte> segment, int offset)
    {
        const int HeadLength = 17;
        while (segment.Length > 0)
        {
            int tableClass = segment[0] >> 4;
            int selector = segment[0] & 15;
            int count = 0;
            for (int i = 1; i < Math.Min(HeadLength, segment.Length); i++)
            {
                count += segment[i];
            }

            if (tableClass > 1 || selector > 3 || count > 256 || segment.Length < HeadLength + count)
            {
                throw JpegFault.Broken(offset, "a Huffman table (DHT) is malformed");
            }

            var symbols = segment.Slice(HeadLength, count);
            if (tableClass == 0 && symbols.ContainsAnyExceptInRange((byte)0, (byte)15))
            {
                throw JpegFault.Broken(offset, "a Huffman table (DHT) for DC coefficients has a size above 15 bits");
            }

            var table = HuffmanTable.TryCreate(segment[1..HeadLength], symbols)
                ?? throw JpegFault.Broken(offset, "a Huffman table (DHT) has more codes than fit");
            (tableClass == 0 ? Dc : Ac)[selector] = table;
            segment = segment[(HeadLength + count)..];
        }
    }

    internal void ReadRestartInterval(ReadOnlySpan<byte> segment, int offset)
    {
        if (segment.Length != 2)
        {
            throw JpegFault.Broken(offset, "the restart interval (DRI) has a wrong length");
        }

        RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(segment);
    }
}
