using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The IHDR chunk: size and kind of a picture (W3C PNG, third edition 2025, 11.2.1).</summary>
/// <param name="Width">Columns, 1 to 2^31 - 1.</param>
/// <param name="Height">Rows, 1 to 2^31 - 1.</param>
/// <param name="BitDepth">Bits a sample: 1, 2, 4, 8 or 16.</param>
/// <param name="ColorType">What the samples stand for.</param>
/// <param name="IsInterlaced">Whether the rows come in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColorType ColorType, bool IsInterlaced)
{
    /// <summary>Bytes of the chunk's data.</summary>
    internal const int Length = 13;

    /// <summary>Samples a pixel.</summary>
    internal int Channels => ColorType switch
    {
        PngColorType.Truecolour => 3,
        PngColorType.GreyscaleWithAlpha => 2,
        PngColorType.TruecolourWithAlpha => 4,
        _ => 1,
    };

    /// <summary>Bits a pixel: 1 to 64.</summary>
    internal int BitsPerPixel => Channels * BitDepth;

    /// <summary>How far back filters look: bytes a pixel, rounded up to at least 1.</summary>
    internal int FilterDistance => Math.Max(BitsPerPixel / 8, 1);

    /// <summary>Bytes of a row of this many pixels, without the filter type.</summary>
    internal long RowLength(int width) => ((long)width * BitsPerPixel + 7) / 8;

    /// <summary>Bytes of all rows of all passes, with their filter types: what the compressed data must give.</summary>
    internal UInt128 FilteredLength
    {
        get
        {
            UInt128 sum = 0;
            foreach (var pass in Adam7.PassesOf(this))
            {
                sum += (UInt128)(1 + RowLength(pass.Width)) * (uint)pass.Height;
            }

            return sum;
        }
    }

    /// <summary>Reads the IHDR chunk, the first of every file.</summary>
    internal static PngHeader Read(PngChunkReader chunks, CancellationToken cancellationToken)
    {
        var chunk = chunks.Next();
        if (chunk.Type != PngChunk.Ihdr)
        {
            if (chunk.IsAncillary || chunk.Type is PngChunk.Plte or PngChunk.Idat or PngChunk.Iend)
            {
                throw PngFault.Broken(chunk.Offset, $"the first chunk is {chunk.Name} instead of IHDR");
            }

            // Apple's CgBI stands before IHDR and changes what follows. The CRC tells it from a damaged type.
            chunks.FinishChecked(cancellationToken);
            throw PngFault.Unsupported(chunk.Offset, $"the critical chunk {chunk.Name} stands before IHDR");
        }

        if (chunk.Length != Length)
        {
            throw PngFault.Broken(chunk.Offset, $"the IHDR chunk has {chunk.Length} bytes instead of {Length}");
        }

        Span<byte> data = stackalloc byte[Length];
        for (int read = 0; read < Length;)
        {
            read += chunks.Read(data[read..]);
        }

        chunks.FinishChecked(cancellationToken);
        return Parse(data, chunk.Offset + 8);
    }

    /// <summary>Writes the chunk's data.</summary>
    internal void Write(Span<byte> data)
    {
        BinaryPrimitives.WriteInt32BigEndian(data, Width);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], Height);
        data[8] = (byte)BitDepth;
        data[9] = (byte)ColorType;
        data[10] = 0;
        data[11] = 0;
        data[12] = IsInterlaced ? (byte)1 : (byte)0;
    }

    private static PngHeader Parse(ReadOnlySpan<byte> data, long offset)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw PngFault.Broken(offset, $"a picture of {width} x {height} pixels cannot be");
        }

        var type = (PngColorType)data[9];
        int depth = data[8];
        bool isKnown = type switch
        {
            PngColorType.Greyscale => depth is 1 or 2 or 4 or 8 or 16,
            PngColorType.IndexedColour => depth is 1 or 2 or 4 or 8,
            PngColorType.Truecolour or PngColorType.GreyscaleWithAlpha or PngColorType.TruecolourWithAlpha => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown)
        {
            throw PngFault.Broken(offset + 8, $"colour type {data[9]} with {depth} bits a sample cannot be");
        }

        if (data[10] != 0)
        {
            throw PngFault.Unsupported(offset + 10, $"compression method {data[10]} is not known");
        }

        if (data[11] != 0)
        {
            throw PngFault.Unsupported(offset + 11, $"filter method {data[11]} is not known");
        }

        if (data[12] > 1)
        {
            throw PngFault.Unsupported(offset + 12, $"interlace method {data[12]} is not known");
        }

        return new PngHeader((int)width, (int)height, depth, type, data[12] == 1);
    }
}
