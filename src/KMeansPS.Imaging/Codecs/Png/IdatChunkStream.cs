namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>Cuts what the compressor writes into IDAT chunks.</summary>
/// <param name="chunks">Where they go.</param>
internal sealed class IdatChunkStream(PngChunkWriter chunks) : Stream
{
    // Twelve bytes of frame for each chunk are 0.02 percent of this.
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = Math.Min(buffer.Length, _buffer.Length - _used);
            buffer[..count].CopyTo(_buffer.AsSpan(_used));
            buffer = buffer[count..];
            _used += count;
            if (_used == _buffer.Length)
            {
                WriteChunk();
            }
        }
    }

    /// <summary>Writes the last chunk.</summary>
    internal void Finish()
    {
        if (_used > 0)
        {
            WriteChunk();
        }
    }

    // Chunks are written when they are full.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void WriteChunk()
    {
        chunks.Write(PngChunk.Idat, _buffer.AsSpan(0, _used));
        _used = 0;
    }
}
