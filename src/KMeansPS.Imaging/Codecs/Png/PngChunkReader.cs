using System.Buffers.Binary;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>Walks through the chunks of a file, one after the other, and keeps the place in the file for error messages.</summary>
/// <param name="stream">A seekable stream at the start of the file.</param>
internal sealed class PngChunkReader(Stream stream)
{
    private const int HeadLength = 8;
    private const int CrcLength = 4;

    private readonly long _origin = stream.Position;
    private readonly byte[] _small = new byte[HeadLength];
    private uint _crc;
    private int _left;

    /// <summary>The eight bytes that every PNG file starts with.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The chunk that is being read.</summary>
    internal PngChunk Current { get; private set; }

    /// <summary>The next byte of the file that will be read.</summary>
    internal long Position { get; private set; }

    /// <summary>How many bytes of the file are still to come.</summary>
    internal long BytesLeft => stream.Length - _origin - Position;

    /// <summary>How many bytes of the current chunk's data are still to come.</summary>
    internal int DataLeft => _left;

    /// <summary>Reads and checks the signature.</summary>
    internal void ReadSignature()
    {
        Fill(_small, "the file ends within the signature");
        if (!_small.AsSpan().SequenceEqual(Signature))
        {
            throw PngFault.Broken(0, _small.AsSpan().StartsWith(Signature[..4])
                ? "the signature is damaged, as by a transfer that changes line ends"
                : "the file does not start with the PNG signature");
        }
    }

    /// <summary>Goes to the next chunk; the current one must be finished.</summary>
    internal PngChunk Next()
    {
        long offset = Position;
        Fill(_small, "the file ends before the IEND chunk");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_small);
        var type = _small.AsSpan(4, 4);
        if (!PngChunk.IsName(type))
        {
            throw PngFault.Broken(offset, "a chunk's type is not made of four letters");
        }

        if (length > int.MaxValue)
        {
            throw PngFault.Broken(offset, $"a chunk claims {length} bytes, more than the format allows");
        }

        Current = new PngChunk(BinaryPrimitives.ReadUInt32BigEndian(type), (int)length, offset);
        if (length + (long)CrcLength > BytesLeft)
        {
            throw PngFault.Broken(offset, $"the {Current.Name} chunk of {length} bytes goes past the end of the file");
        }

        _crc = Crc32.Append(Crc32.Start, type);
        _left = (int)length;
        return Current;
    }

    /// <summary>Reads data of the current chunk; 0 at its end only.</summary>
    internal int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        int read = stream.Read(buffer[..Math.Min(buffer.Length, _left)]);
        if (read == 0)
        {
            throw PngFault.Broken(Position, $"the file ends within the {Current.Name} chunk");
        }

        _crc = Crc32.Append(_crc, buffer[..read]);
        _left -= read;
        Position += read;
        return read;
    }

    /// <summary>Reads all data of the current chunk and its CRC.</summary>
    /// <returns>Whether the CRC is right.</returns>
    internal bool TryReadAll(Span<byte> data)
    {
        while (!data.IsEmpty)
        {
            data = data[Read(data)..];
        }

        return ReadCrc();
    }

    /// <summary>Reads what is left of a critical chunk, and its CRC, which must be right.</summary>
    internal void FinishChecked(CancellationToken cancellationToken)
    {
        Span<byte> waste = stackalloc byte[4096];
        while (_left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(waste);
        }

        long offset = Position;
        if (!ReadCrc())
        {
            throw PngFault.Broken(offset, $"the CRC of the {Current.Name} chunk is wrong");
        }
    }

    /// <summary>Passes over what is left of an ancillary chunk.</summary>
    internal void Skip()
    {
        Position += _left + (long)CrcLength;
        _left = 0;
        stream.Position = _origin + Position;
    }

    private bool ReadCrc()
    {
        Fill(_small.AsSpan(0, CrcLength), $"the file ends within the CRC of the {Current.Name} chunk");
        return BinaryPrimitives.ReadUInt32BigEndian(_small) == Crc32.Finish(_crc);
    }

    private void Fill(Span<byte> buffer, string reasonAtEnd)
    {
        int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        Position += read;
        if (read < buffer.Length)
        {
            throw PngFault.Broken(Position, reasonAtEnd);
        }
    }
}
