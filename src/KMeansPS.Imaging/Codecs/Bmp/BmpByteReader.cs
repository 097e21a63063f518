namespace KMeansPS.Imaging.Codecs.Bmp;

/// <summary>Reads single bytes through a buffer, and knows their place in the file. Looks at the token for each buffer.</summary>
/// <param name="stream">The file.</param>
/// <param name="offset">Where in the file the stream stands.</param>
/// <param name="cancellationToken">Ends the work.</param>
internal sealed class BmpByteReader(Stream stream, long offset, CancellationToken cancellationToken)
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _next;
    private int _end;

    /// <summary>The place in the file of the next byte.</summary>
    internal long Position { get; private set; } = offset;

    /// <summary>The next byte, or -1 at the end of the file.</summary>
    internal int Read()
    {
        if (_next == _end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _next = 0;
            _end = stream.Read(_buffer);
            if (_end == 0)
            {
                return -1;
            }
        }

        Position++;
        return _buffer[_next++];
    }
}
