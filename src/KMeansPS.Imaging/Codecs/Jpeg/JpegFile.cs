namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// The bytes of a file, read from its stream as far as somebody asks: identifying a picture costs its head only,
/// decoding it the whole file, which is small beside its pixels.
/// </summary>
internal sealed class JpegFile(Stream stream, CancellationToken cancellationToken)
{
    private const int Step = 1 << 16;
    private const int LargestRead = 1 << 20;

    private byte[] _data = [];
    private bool _ended;

    /// <summary>How many bytes have been read so far.</summary>
    internal int Length { get; private set; }

    internal byte this[int offset] => _data[offset];

    /// <summary>Reads on until the first <paramref name="end"/> bytes are there; false where the file is shorter.</summary>
    internal bool Reaches(int end)
    {
        while (Length < end && !_ended)
        {
            ReadMore(Math.Max(end, Length + Step));
        }

        return Length >= end;
    }

    internal ReadOnlySpan<byte> Slice(int start, int length) => _data.AsSpan(start, length);

    /// <summary>Reads the rest of the file and gives all of it.</summary>
    internal ReadOnlySpan<byte> ReadAll()
    {
        long left = stream.Length - stream.Position;
        if (Length + left > Array.MaxLength)
        {
            throw JpegFault.Unsupported(0, "the file is larger than 2 GB");
        }

        while (!_ended)
        {
            ReadMore((int)Math.Min(Math.Max(Length + left + 1, Length + Step), Array.MaxLength));
            left = 0;
        }

        return _data.AsSpan(0, Length);
    }

    // Reads in pieces, since the disk may be slow and the caller may have had enough.
    private void ReadMore(int capacity)
    {
        if (_data.Length < capacity)
        {
            Array.Resize(ref _data, (int)Math.Min(Math.Max(capacity, 2L * Length), Array.MaxLength));
        }

        while (Length < capacity && !_ended)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = stream.Read(_data, Length, Math.Min(_data.Length - Length, LargestRead));
            _ended = read == 0;
            Length += read;
        }
    }
}
