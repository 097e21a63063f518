namespace KMeansPS.Imaging.Codecs.Deflate;

/// <summary>The checksum of a zlib stream (RFC 1950, 2.2 and 8.2).</summary>
internal static class Adler32
{
    /// <summary>The checksum of no bytes.</summary>
    internal const uint Start = 1;

    private const uint Prime = 65521;

    // So many bytes that no sum overflows 32 bits.
    private const int MostAtOnce = 5552;

    /// <summary>The checksum of some bytes.</summary>
    internal static uint Of(ReadOnlySpan<byte> data)
    {
        uint low = 1;
        uint high = 0;
        while (!data.IsEmpty)
        {
            var part = data[..Math.Min(data.Length, MostAtOnce)];
            data = data[part.Length..];
            foreach (byte value in part)
            {
                low += value;
                high += low;
            }

            low %= Prime;
            high %= Prime;
        }

        return (high << 16) | low;
    }

    /// <summary>The checksum of two runs of bytes from those of each.</summary>
    /// <param name="first">The checksum of the first run.</param>
    /// <param name="second">The checksum of the second run.</param>
    /// <param name="secondLength">How many bytes the second run has.</param>
    internal static uint Combine(uint first, uint second, long secondLength)
    {
        ulong low = (first & 0xFFFF) + (second & 0xFFFF) + Prime - 1;
        ulong high = (first >> 16) + (second >> 16) + ((ulong)(secondLength % Prime) * ((first & 0xFFFF) + Prime - 1));
        return (uint)(((high % Prime) << 16) | (low % Prime));
    }
}
