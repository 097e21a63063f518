namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>Bytes that can be had from any position on, by several threads at a time.</summary>
internal interface IDeflateSource
{
    /// <summary>How many bytes there are.</summary>
    long Length { get; }

    /// <summary>Copies the bytes from a position on.</summary>
    void Read(long position, Span<byte> destination);
}
