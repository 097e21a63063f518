using System.Buffers.Binary;
using System.IO.Compression;
using KMeansPS.Imaging.Codecs.Deflate;
using KMeansPS.Imaging.Codecs.Icc;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>The iCCP chunk: a name, a compression method, and a deflated profile (W3C PNG, third edition 2025, 11.3.2.3; ICC.1:2022).</summary>
internal static class PngIccProfile
{
    // Real profiles have a few KB, those of printers a few MB. What claims more is not worth the memory.
    internal const int MaxLength = 1 << 24;

    private const int LongestName = 79;

    /// <summary>Reads the chunk's data.</summary>
    /// <param name="data">The chunk's data.</param>
    /// <param name="profile">The profile where it is one for RGB, else null.</param>
    /// <returns>Why there is no profile, as a sentence; null where there is one.</returns>
    internal static string? TryRead(ReadOnlySpan<byte> data, out byte[]? profile)
    {
        profile = null;
        int nameLength = data[..Math.Min(data.Length, LongestName + 1)].IndexOf((byte)0);
        var deflated = nameLength >= 0 && data.Length > nameLength + 4 ? data[(nameLength + 2)..] : [];

        // The sixth bit of a zlib stream's second byte asks for a preset dictionary, which there is none of.
        if (deflated.IsEmpty || data[nameLength + 1] != 0 || (deflated[1] & 0x20) != 0)
        {
            return "The ICC profile was dropped: its chunk is damaged.";
        }

        try
        {
            using var zlib = new ZLibStream(new MemoryStream(deflated.ToArray()), CompressionMode.Decompress);
            return TryInflate(zlib, out profile);
        }
        catch (InvalidDataException)
        {
            return "The ICC profile was dropped: its compressed data are damaged.";
        }
    }

    /// <summary>Makes the chunk's data.</summary>
    internal static byte[] ToChunk(byte[] profile, CompressionLevel level, ParallelOptions parallel)
    {
        var data = new MemoryStream();
        data.Write("ICC profile\0\0"u8);
        new ZlibWriter(new DeflateBytes(profile), level, parallel).Write(data);
        return data.ToArray();
    }

    private static string? TryInflate(ZLibStream zlib, out byte[]? profile)
    {
        profile = null;
        Span<byte> header = stackalloc byte[IccHeader.Length];
        if (zlib.ReadAtLeast(header, IccHeader.Length, throwOnEndOfStream: false) < IccHeader.Length)
        {
            return "The ICC profile was dropped: it is shorter than its header.";
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length is < IccHeader.Length or > MaxLength || !header[36..40].SequenceEqual("acsp"u8))
        {
            return "The ICC profile was dropped: its header is damaged.";
        }

        if (IccHeader.WhyDropped(header) is { } reason)
        {
            return reason;
        }

        var whole = new byte[length];
        header.CopyTo(whole);
        if (zlib.ReadAtLeast(whole.AsSpan(IccHeader.Length), whole.Length - IccHeader.Length, throwOnEndOfStream: false) < whole.Length - IccHeader.Length)
        {
            return "The ICC profile was dropped: it is shorter than its header says.";
        }

        profile = whole;
        return null;
    }
}
