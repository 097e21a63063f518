namespace KMeansPS.PointFiles;

/// <summary>The bytes of a stream through one buffer, which grows when more bytes than it holds are looked at together.</summary>
internal sealed class ByteInput
{
    private const int FirstCapacity = 1 << 18;

    private readonly Stream _stream;
    private readonly CancellationToken _cancellationToken;
    private readonly long _origin;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(FirstCapacity);
    private int _start;
    private int _end;

    internal ByteInput(Stream stream, CancellationToken cancellationToken)
    {
        _stream = stream;
        _cancellationToken = cancellationToken;
        _origin = stream.CanSeek ? stream.Position : 0;
    }

    /// <summary>What was read from the stream and not taken yet.</summary>
    internal ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>How many bytes were taken.</summary>
    internal long Offset { get; private set; }

    /// <summary>How many bytes are still to be taken; null where the stream does not tell.</summary>
    internal long? Remaining => _stream.CanSeek ? _stream.Length - _origin - Offset : null;

    /// <summary>Makes at least this many unread bytes, if the stream has them.</summary>
    internal bool Ensure(int count)
    {
        while (_end - _start < count)
        {
            if (!Fill())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes more unread bytes; false at the end of the stream.</summary>
    internal bool Fill()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_end == _buffer.Length)
        {
            var kept = Unread;
            var target = kept.Length > _buffer.Length / 2 ? GC.AllocateUninitializedArray<byte>(checked(_buffer.Length * 2)) : _buffer;
            kept.CopyTo(target);
            (_buffer, _start, _end) = (target, 0, kept.Length);
        }

        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    /// <summary>Takes unread bytes.</summary>
    internal void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Takes bytes until the target is full or the stream at its end.</summary>
    /// <returns>How many bytes were taken.</returns>
    internal int ReadInto(Span<byte> target)
    {
        const int Chunk = 1 << 20;
        int taken = Math.Min(target.Length, _end - _start);
        Unread[..taken].CopyTo(target);
        _start += taken;
        while (taken < target.Length)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int read = _stream.Read(target.Slice(taken, Math.Min(Chunk, target.Length - taken)));
            if (read == 0)
            {
                break;
            }

            taken += read;
        }

        Offset += taken;
        return taken;
    }

    /// <summary>Gives the stream back as it was.</summary>
    internal Stream Rewind()
    {
        if (!_stream.CanSeek)
        {
            throw new PointFileException("Text in UTF-16 is read from files only, and this is a pipe: send it in UTF-8.", 0);
        }

        _stream.Position = _origin;
        return _stream;
    }
}
