using System.IO.Compression;
using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Tests.Codecs.Deflate;

public sealed class SegmentCompressorTests
{
    [Theory]
    [InlineData(200_000)]
    [InlineData(5_000_000)]
    public void TryCompress_WhereCopiesAreLong_LooksForLongerOnes(long dataLength)
    {
        byte[] data = LikeRows();
        var effort = DeflateEffort.Of(CompressionLevel.Optimal, dataLength);
        Assert.True(Bits(effort, data) < 0.95 * Bits(effort with { ForLongCopies = null }, data));
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(5_000_000)]
    public void TryCompress_AtSmallestSize_TakesTheSmallerOfBothWays(long dataLength)
    {
        var effort = DeflateEffort.Of(CompressionLevel.SmallestSize, dataLength);
        byte[] data = LikeRows();
        long least = Math.Min(Bits(effort with { ForLongCopies = null }, data), Bits(effort.ForLongCopies!, data));
        Assert.Equal(least, Bits(effort, data));
        Assert.Equal(least, Bits(effort.ForLongCopies! with { ForLongCopies = effort, TriesBoth = true }, data));
    }

    // Each row is one of a few, with one byte of it changed: the newest copy of many bytes is often not the longest.
    private static byte[] LikeRows()
    {
        var random = new Random(6);
        byte[][] rows = [.. Enumerable.Range(0, 8).Select(_ => Noise(random, 300))];
        return [.. Enumerable.Range(0, 700).SelectMany(_ =>
        {
            byte[] row = [.. rows[random.Next(rows.Length)]];
            row[random.Next(row.Length)]++;
            return row;
        })];
    }

    private static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static long Bits(DeflateEffort effort, byte[] data)
    {
        var bits = new BitWriter();
        Assert.True(new SegmentCompressor(effort, TestContext.Current.CancellationToken).TryCompress(data, 0, isLast: true, bits));
        return bits.BitCount;
    }
}
