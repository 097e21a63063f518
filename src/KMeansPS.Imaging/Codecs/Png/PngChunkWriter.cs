using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>Writes chunks: length, type, data, CRC.</summary>
/// <param name="stream">Where the file goes.</param>
internal sealed class PngChunkWriter(Stream stream)
{
    /// <summary>Writes the signature, with which a file starts.</summary>
    internal void WriteSignature() => stream.Write(PngChunkReader.Signature);

    /// <summary>Writes one chunk.</summary>
    /// <param name="type">The type, one of the constants of <see cref="PngChunk"/>.</param>
    /// <param name="data">The data.</param>
    internal void Write(uint type, ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], type);
        stream.Write(head);
        stream.Write(data);
        uint crc = Crc32.Append(Crc32.Append(Crc32.Start, head[4..]), data);
        BinaryPrimitives.WriteUInt32BigEndian(head, Crc32.Finish(crc));
        stream.Write(head[..4]);
    }
}
