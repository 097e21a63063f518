using KMeansPS.Imaging.Codecs;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

/// <summary>What must hold for damaged files of every format.</summary>
internal static class BrokenFiles
{
    /// <summary>Decodes; the one exception that may come is that of a faulty file.</summary>
    internal static ImageFormatException? FaultOf(IImageDecoder decoder, byte[] file)
    {
        try
        {
            decoder.Decode(new MemoryStream(file), new DecoderOptions { MaxPixels = 1 << 20 }, TestContext.Current.CancellationToken);
            return null;
        }
        catch (ImageFormatException e)
        {
            Assert.Equal(decoder.Name, e.Format);
            Assert.InRange(e.Offset, 0, file.Length);
            Assert.False(e.Reason.EndsWith('.'));
            return e;
        }
    }

    /// <summary>A file with a fault is called broken at every length that leaves out some of what it needs.</summary>
    internal static void BreaksWhenTruncated(IImageDecoder decoder, byte[] file, int needed)
    {
        for (int length = 0; length < needed; length++)
        {
            var fault = FaultOf(decoder, file[..length]);
            Assert.True(fault is { Fault: ImageFault.Broken }, $"{length} of {file.Length} bytes: {fault?.Message ?? "no fault"}");
        }

        Assert.Null(FaultOf(decoder, file[..needed]));
    }

    /// <summary>Flips random bits, also many at once, and repairs what the format checks, so that the flips get past it.</summary>
    internal static void SurvivesFlips(IImageDecoder decoder, byte[] file, int seed, int rounds, Action<byte[]>? repair = null)
    {
        var random = new Random(seed);
        for (int round = 0; round < rounds; round++)
        {
            var damaged = file.ToArray();
            for (int flips = 1 + random.Next(4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            if ((round & 1) != 0)
            {
                repair?.Invoke(damaged);
            }

            FaultOf(decoder, damaged);
            try
            {
                decoder.Identify(new MemoryStream(damaged), TestContext.Current.CancellationToken);
            }
            catch (ImageFormatException e)
            {
                Assert.Equal(decoder.Name, e.Format);
            }
        }
    }
}
