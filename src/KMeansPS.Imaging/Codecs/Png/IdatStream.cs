namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// The data of consecutive IDAT chunks as one stream, for the decompressor to read from. The CRC of each chunk is
/// checked as its end is passed. The stream ends where another chunk begins, whose head is then read already.
/// </summary>
/// <param name="chunks">At the first IDAT chunk.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class IdatStream(PngChunkReader chunks, CancellationToken cancellationToken) : Stream
{
    // FDICT of RFC 1950: a preset dictionary, which PNG has no place for.
    private const byte PresetDictionaryBit = 0x20;

    private long _length;
    private bool _isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && chunks.DataLeft == 0)
        {
            NextChunk();
        }

        if (_isAtEnd || buffer.IsEmpty)
        {
            return 0;
        }

        int read = chunks.Read(buffer);
        if (_length < 2 && _length + read >= 2 && (buffer[(int)(1 - _length)] & PresetDictionaryBit) != 0)
        {
            throw PngFault.Broken(chunks.Position, "the compressed data ask for a preset dictionary");
        }

        _length += read;
        return read;
    }

    /// <summary>Passes over all that is left, so that every CRC is checked and the next chunk is at hand.</summary>
    internal void Drain()
    {
        while (!_isAtEnd)
        {
            NextChunk();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void NextChunk()
    {
        cancellationToken.ThrowIfCancellationRequested();
        chunks.FinishChecked(cancellationToken);
        _isAtEnd = chunks.Next().Type != PngChunk.Idat;
    }
}
