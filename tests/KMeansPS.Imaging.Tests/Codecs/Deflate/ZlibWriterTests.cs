using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using KMeansPS.Imaging.Codecs.Deflate;

namespace KMeansPS.Imaging.Tests.Codecs.Deflate;

public sealed class ZlibWriterTests
{
    private static readonly CompressionLevel[] Levels = Enum.GetValues<CompressionLevel>();

    private static readonly Gen<byte[]> Data =
        from kind in Gen.Choose(0, 5)
        from length in Gen.Frequency((3, Gen.Choose(0, 300)), (3, Gen.Choose(300, 9000)), (1, Gen.Choose(30_000, 90_000)))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Make(kind, length, seed);

    [Fact]
    public void Inflate_OfDeflated_IsIdentity_AtEveryLevel() =>
        Prop.ForAll(Data.ToArbitrary(), data =>
        {
            foreach (var level in Levels)
            {
                Assert.Equal(data, Inflate(Deflate(data, level)));
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData((1 << 18) - 1)]
    [InlineData(1 << 18)]
    [InlineData((1 << 18) + 1)]
    [InlineData(700_001)]
    public void Inflate_OfDeflated_IsIdentity_AtEveryLength(int length)
    {
        for (int kind = 0; kind <= 5; kind++)
        {
            byte[] data = Make(kind, length, 7);
            foreach (var level in new[] { CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal })
            {
                Assert.True(data.AsSpan().SequenceEqual(Inflate(Deflate(data, level))), $"kind {kind}, {level}");
            }
        }
    }

    [Fact]
    public void Write_OfWhatStandsInTheWindowOfAnEarlierSegment_FindsIt()
    {
        // 12,000 bytes of noise, again and again: each time but the first they lie within the window.
        byte[] noise = Make(0, 12_000, 3);
        byte[] data = [.. Enumerable.Repeat(noise, 100).SelectMany(part => part)];
        Assert.InRange(Deflate(data, CompressionLevel.Optimal).Length, 12_000, 25_000);
    }

    [Theory]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Write_OfNoise_CostsHardlyMoreThanTheNoise(CompressionLevel level) =>
        Assert.InRange(Deflate(Make(0, 300_000, 1), level).Length, 300_000, 300_050);

    [Theory]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Write_OnSeveralThreads_GivesTheBytesOfOne(CompressionLevel level)
    {
        byte[] data = Make(3, 2_000_000, 11);
        Assert.True(Deflate(data, level, 1).AsSpan().SequenceEqual(Deflate(data, level, 5)));
    }

    [Fact]
    public void Write_AtHigherLevels_GivesFewerBytes()
    {
        for (int kind = 3; kind <= 4; kind++)
        {
            byte[] data = Make(kind, 200_000, 5);
            int[] lengths = [.. new[] { CompressionLevel.NoCompression, CompressionLevel.Fastest, CompressionLevel.Optimal, CompressionLevel.SmallestSize }.Select(level => Deflate(data, level).Length)];
            Assert.True(lengths[0] > lengths[1] && lengths[1] >= lengths[2] && lengths[2] >= lengths[3], $"kind {kind}: {string.Join(", ", lengths)}");
        }
    }

    [Fact]
    public void Write_AtSmallestSize_BeatsTheRuntimesOwn()
    {
        for (int kind = 2; kind <= 4; kind++)
        {
            byte[] data = Make(kind, 200_000, 5);
            var theirs = new MemoryStream();
            using (var zlib = new ZLibStream(theirs, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                zlib.Write(data);
            }

            Assert.True(Deflate(data, CompressionLevel.SmallestSize).Length < theirs.Length);
        }
    }

    /// <summary>Like a plot: nearly all one byte, so that its logarithm says that a literal costs hardly anything.</summary>
    [Theory]
    [InlineData(200_000, CompressionLevel.Fastest)]
    [InlineData(200_000, CompressionLevel.Optimal)]
    [InlineData(3_000_000, CompressionLevel.Fastest)]
    [InlineData(3_000_000, CompressionLevel.Optimal)]
    public void Write_OfLongRuns_MakesCopiesOfThem(int length, CompressionLevel level)
    {
        var random = new Random(4);
        byte[] data = new byte[length];
        for (int i = 0; i < data.Length; i += random.Next(1, 1000))
        {
            data[i] = (byte)random.Next(1, 4);
        }

        var theirs = new MemoryStream();
        using (var zlib = new ZLibStream(theirs, level, leaveOpen: true))
        {
            zlib.Write(data);
        }

        Assert.InRange(Deflate(data, level).Length, 0, 1.05 * theirs.Length);
    }

    /// <summary>Long runs of one byte begin and end alike: only what lies between tells them apart.</summary>
    [Fact]
    public void Write_OfAHatchedDrawing_IsAsSmallAsTheRuntimesOwn()
    {
        const int width = 1200;
        var random = new Random(5);
        byte[] data = new byte[width * width];
        for (int box = 0; box < 60; box++)
        {
            int left = random.Next(width), top = random.Next(width), right = left + random.Next(20, 200), bottom = top + random.Next(20, 200);
            byte color = (byte)random.Next(32);
            for (int y = top; y < Math.Min(bottom, width); y++)
            {
                for (int x = left; x < Math.Min(right, width); x++)
                {
                    bool isDrawn = x == left || y == top || x == right - 1 || y == bottom - 1 || (x + y) % 7 == 0;
                    data[(y * width) + x] = isDrawn ? color : data[(y * width) + x];
                }
            }
        }

        var theirs = new MemoryStream();
        using (var zlib = new ZLibStream(theirs, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(data);
        }

        Assert.InRange(Deflate(data, CompressionLevel.Optimal).Length, 0, 1.02 * theirs.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Write_WhenCancelled_Ends(int threads)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = new CancellationToken(true) };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new ZlibWriter(new DeflateBytes(Make(3, 900_000, 1)), CompressionLevel.Optimal, parallel).Write(new MemoryStream()));
    }

    private static byte[] Deflate(byte[] data, CompressionLevel level, int threads = 1)
    {
        var stream = new MemoryStream();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = TestContext.Current.CancellationToken };
        new ZlibWriter(new DeflateBytes(data), level, parallel).Write(stream);
        return stream.ToArray();
    }

    private static byte[] Inflate(byte[] deflated)
    {
        using var zlib = new ZLibStream(new MemoryStream(deflated), CompressionMode.Decompress);
        var data = new MemoryStream();
        zlib.CopyTo(data);
        return data.ToArray();
    }

    private static byte[] Make(int kind, int length, int seed)
    {
        var random = new Random(seed);
        var data = new byte[length];
        for (int i = 0; i < length; i++)
        {
            int value = kind switch
            {
                0 => random.Next(256),
                1 => 0,
                2 => random.Next(4) * random.Next(4),
                3 => i > 40 && random.Next(20) > 0 ? data[i - 1 - random.Next(3)] : random.Next(256),
                4 => i > 700 && random.Next(9) > 0 ? data[i - 700] : random.Next(30),
                _ => i / 1000 % 2 == 0 ? 7 : random.Next(256),
            };
            data[i] = (byte)value;
        }

        return data;
    }
}
