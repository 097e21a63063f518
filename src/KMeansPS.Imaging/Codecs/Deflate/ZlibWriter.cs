using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;

namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>
/// Writes zlib streams (RFC 1950) by a deflate of our own: the bytes do not depend on the runtime, the processor or the
/// number of threads. The data are cut into segments of a fixed size, which are compressed by themselves, each with the
/// 32 KiB before it as its window, and whose bits follow one another without a gap.
/// </summary>
/// <param name="source">The bytes.</param>
/// <param name="level">How hard to try.</param>
/// <param name="parallel">How many threads may be taken, and the token that stops the work.</param>
internal sealed class ZlibWriter(IDeflateSource source, CompressionLevel level, ParallelOptions parallel)
{
    /// <summary>The bytes of each segment but the last.</summary>
    internal const int SegmentLength = 1 << 18;

    private const int SegmentsForEachThread = 4;
    private readonly DeflateEffort _effort = DeflateEffort.Of(level, source.Length);
    private readonly ConcurrentBag<SegmentCompressor> _idle = [];

    /// <summary>Compresses all that a source has.</summary>
    /// <param name="destination">Where the stream goes.</param>
    internal void Write(Stream destination)
    {
        // Deflate with a window of 32 KiB, and check bits.
        destination.Write([0x78, 0x9C]);
        long count = Math.Max(1, (source.Length + SegmentLength - 1) / SegmentLength);
        int threads = parallel.MaxDegreeOfParallelism > 0 ? parallel.MaxDegreeOfParallelism : Environment.ProcessorCount;
        var wave = new CompressedSegment[Math.Min(count, threads == 1 ? 1 : threads * SegmentsForEachThread)];
        var bits = new BitWriter();
        uint checksum = Adler32.Start;
        for (long first = 0; first < count; first += wave.Length)
        {
            int taken = (int)Math.Min(wave.Length, count - first);
            Compress(first, count, wave, taken);
            foreach (var segment in wave.AsSpan(0, taken))
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                segment.AppendTo(bits, source);
                checksum = Adler32.Combine(checksum, segment.Checksum, segment.Length);
                destination.Write(bits.Bytes);
                bits.TakeBytes();
            }
        }

        Span<byte> end = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(end, checksum);
        bits.Align();
        destination.Write(bits.Bytes);
        destination.Write(end);
    }

    private void Compress(long first, long count, CompressedSegment[] wave, int taken)
    {
        if (taken == 1)
        {
            _idle.Add(CompressOne(0, Take()));
            return;
        }

        try
        {
            Parallel.For(0, taken, parallel, Take, (i, _, compressor) => CompressOne(i, compressor), _idle.Add);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(parallel.CancellationToken);
        }

        SegmentCompressor CompressOne(int i, SegmentCompressor compressor)
        {
            wave[i] ??= new CompressedSegment();
            long start = (first + i) * SegmentLength;
            int length = (int)Math.Min(SegmentLength, source.Length - start);
            wave[i].Compress(source, start, length, first + i == count - 1, compressor);
            return compressor;
        }
    }

    private SegmentCompressor Take() =>
        _idle.TryTake(out var compressor) ? compressor : new SegmentCompressor(_effort, parallel.CancellationToken);
}
