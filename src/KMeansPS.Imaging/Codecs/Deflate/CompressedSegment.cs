namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>What became of one segment of a stream. Keeps its memory for the next one.</summary>
internal sealed class CompressedSegment
{
    private readonly BitWriter _bits = new();
    private long _start;
    private bool _isStored;
    private bool _isLast;

    /// <summary>The checksum of the segment's bytes.</summary>
    internal uint Checksum { get; private set; }

    /// <summary>How many bytes the segment stands for.</summary>
    internal int Length { get; private set; }

    /// <summary>Compresses the segment.</summary>
    /// <param name="source">The bytes.</param>
    /// <param name="start">Where in the source it starts.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="isLast">Whether the stream ends with it.</param>
    /// <param name="compressor">Does it.</param>
    internal void Compress(IDeflateSource source, long start, int length, bool isLast, SegmentCompressor compressor)
    {
        (_start, Length, _isLast) = (start, length, isLast);
        int window = (int)Math.Min(start, DeflateSymbols.MaxDistance);
        var data = compressor.Buffer(window + length);
        source.Read(start - window, data);
        Checksum = Adler32.Of(data[window..]);
        _bits.Clear();

        // Stored blocks start at whole bytes, and where that is will be known only when what comes before is written.
        _isStored = !compressor.TryCompress(data, window, isLast, _bits);
    }

    /// <summary>Adds the segment to the stream.</summary>
    /// <param name="bits">The stream.</param>
    /// <param name="source">The bytes once more, for what could not be compressed.</param>
    internal void AppendTo(BitWriter bits, IDeflateSource source)
    {
        if (!_isStored)
        {
            bits.Append(_bits);
            return;
        }

        var data = new byte[Length];
        source.Read(_start, data);
        StoredBlocks.Write(data, _isLast, bits);
    }
}
