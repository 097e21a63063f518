using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Imaging.Compression;

/// <summary>Takes what is written for its length alone.</summary>
internal sealed class CountedStream : Stream
{
    private long _length;

    /// <summary>How long the file of a picture would be.</summary>
    internal static long LengthOf(IndexedImage image, IImageEncoder encoder, CancellationToken cancellationToken)
    {
        using var counted = new CountedStream();
        encoder.Encode(image, counted, cancellationToken);
        return counted.Length;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => _length += count;

    public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
