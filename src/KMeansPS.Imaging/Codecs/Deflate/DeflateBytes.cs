namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>Bytes that are all there.</summary>
/// <param name="bytes">The bytes.</param>
internal sealed class DeflateBytes(byte[] bytes) : IDeflateSource
{
    /// <inheritdoc/>
    public long Length => bytes.Length;

    /// <inheritdoc/>
    public void Read(long position, Span<byte> destination) => bytes.AsSpan((int)position, destination.Length).CopyTo(destination);
}
