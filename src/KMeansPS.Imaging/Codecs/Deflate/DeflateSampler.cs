using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Compresses evenly spread pieces at the next lower level, to tell which of several forms of the same data will become
/// smaller; at the highest level whole segments, as many as cover four megabytes.
/// </summary>
/// <param name="level">How much time to spend.</param>
/// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
internal sealed class DeflateSampler(CompressionLevel level, ParallelOptions parallel)
{
    private const int LengthForEachPiece = 1 << 20;
    private readonly bool _isThorough = level == CompressionLevel.SmallestSize;

    /// <summary>How many bits the pieces take.</summary>
    internal long Measure(IDeflateSource source)
    {
        int most = _isThorough ? 16 : 8;
        int longest = _isThorough ? ZlibWriter.SegmentLength : 1 << 14;
        int longestWindow = _isThorough ? DeflateSymbols.MaxDistance : 1 << 13;
        var effort = DeflateEffort.Of(_isThorough ? CompressionLevel.Optimal : CompressionLevel.Fastest, longest);
        int count = (int)Math.Clamp(_isThorough ? (source.Length + longest - 1) / longest : source.Length / LengthForEachPiece, _isThorough ? 1 : 4, most);
        int length = (int)Math.Min(longest, (source.Length + count - 1) / count);
        long bits = 0;
        Parallel.For(0, count, parallel, () => new SegmentCompressor(effort, parallel.CancellationToken), (i, _, compressor) =>
        {
            // The first piece starts the data and the last one ends them.
            long start = (source.Length - length) * i / Math.Max(count - 1, 1);
            int window = (int)Math.Min(start, longestWindow);
            var data = compressor.Buffer(window + length);
            source.Read(start - window, data);
            var writer = new BitWriter();
            Interlocked.Add(ref bits, compressor.TryCompress(data, window, isLast: false, writer) ? writer.BitCount : StoredBlocks.BitCount(length));
            return compressor;
        }, _ => { });
        return bits;
    }
}
