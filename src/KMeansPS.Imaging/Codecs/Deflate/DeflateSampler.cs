using System.Collections.Concurrent;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>Compresses evenly spread pieces, to tell which of several forms of the same data will become smaller.</summary>
/// <param name="effort">How hard to try.</param>
/// <param name="isThorough">Whether to compress whole segments, as many as cover four megabytes, instead of small pieces.</param>
/// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
internal sealed class DeflateSampler(DeflateEffort effort, bool isThorough, ParallelOptions parallel)
{
    // A screenshot is not the same everywhere: many pieces tell more of it than large ones.
    private const int PieceLength = 1 << 13;
    private const int LengthForEachPiece = 1 << 16;
    private readonly ConcurrentBag<SegmentCompressor> _idle = [];

    /// <summary>How many bits the pieces take.</summary>
    internal long Measure(IDeflateSource source)
    {
        int longestWindow = isThorough ? DeflateSymbols.MaxDistance : PieceLength;
        var (count, length) = Pieces(source);
        long bits = 0;
        Parallel.For(0, count, parallel, Take, (i, _, compressor) =>
        {
            long start = Start(source, i, count, length);
            int window = (int)Math.Min(start, longestWindow);
            var data = compressor.Buffer(window + length);
            source.Read(start - window, data);
            var writer = new BitWriter();
            Interlocked.Add(ref bits, compressor.TryCompress(data, window, isLast: false, writer) ? writer.BitCount : StoredBlocks.BitCount(length));
            return compressor;
        }, _idle.Add);
        return bits;

        SegmentCompressor Take() =>
            _idle.TryTake(out var compressor) ? compressor : new SegmentCompressor(effort, parallel.CancellationToken);
    }

    /// <summary>How many bits the pieces take at least if nothing is copied, in units of 1 / <see cref="FixedLog2.One"/>.</summary>
    internal long MeasureLiterals(IDeflateSource source)
    {
        var (count, length) = Pieces(source);
        var data = new byte[length];
        Span<int> counts = stackalloc int[256];
        long bits = 0;
        for (int i = 0; i < count; i++)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            source.Read(Start(source, i, count, length), data);
            counts.Clear();
            foreach (byte value in data)
            {
                counts[value]++;
            }

            bits += FixedLog2.Entropy(counts);
        }

        return bits;
    }

    private (int Count, int Length) Pieces(IDeflateSource source)
    {
        int longest = isThorough ? ZlibWriter.SegmentLength : PieceLength;
        int count = (int)(isThorough
            ? Math.Clamp((source.Length + longest - 1) / longest, 1, 16)
            : Math.Clamp(source.Length / LengthForEachPiece, 4, 32));
        return (count, (int)Math.Min(longest, (source.Length + count - 1) / count));
    }

    // The first piece starts the data and the last one ends them.
    private static long Start(IDeflateSource source, int i, int count, int length) =>
        (source.Length - length) * i / Math.Max(count - 1, 1);
}
