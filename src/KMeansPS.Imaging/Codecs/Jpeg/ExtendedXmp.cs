using System.Buffers.Binary;
using System.Text;
using KMeansPS.Imaging.Metadata;

namespace KMeansPS.Imaging.Codecs.Jpeg;

/// <summary>
/// XMP that is too large for one segment (Adobe, XMP Specification Part 3, 1.1.3.1): the packet names a GUID, and each
/// segment with a part of the rest has that GUID, the length of the whole and the place of the part in it.
/// </summary>
internal sealed class ExtendedXmp
{
    private const int GuidLength = 32;
    private const int LargestWhole = 1 << 24; // of texts nobody needs more; some cameras put depth maps here
    private readonly List<Part> _parts = [];

    private static ReadOnlySpan<byte> Head => "http://ns.adobe.com/xmp/extension/\0"u8;

    private static int HeadLength => Head.Length + GuidLength + 8;

    internal static bool Recognizes(ReadOnlySpan<byte> segment) => segment.StartsWith(Head) && segment.Length >= HeadLength;

    /// <summary>Remembers where a part lies in the file.</summary>
    /// <param name="segment">The content of a segment.</param>
    /// <param name="position">Where it begins in the file.</param>
    internal void Add(ReadOnlySpan<byte> segment, int position) => _parts.Add(new Part(
        Encoding.ASCII.GetString(segment.Slice(Head.Length, GuidLength)),
        BinaryPrimitives.ReadUInt32BigEndian(segment[(Head.Length + GuidLength)..]),
        BinaryPrimitives.ReadUInt32BigEndian(segment[(Head.Length + GuidLength + 4)..]),
        position + HeadLength,
        segment.Length - HeadLength));

    /// <summary>The packet with what its extension adds; as it is, and a warning, where that cannot be put together.</summary>
    internal byte[]? Join(byte[]? packet, JpegFile file, List<string> warnings)
    {
        string? guid = packet is null ? null : XmpPacket.ExtensionOf(packet);
        if (guid is null && _parts.Count == 0)
        {
            return packet;
        }

        string? reason = TryAssemble(guid, file, out byte[] extension);
        byte[]? joined = reason is null ? XmpPacket.WithExtension(packet!, extension) : null;
        if (joined is null)
        {
            warnings.Add($"The extended XMP was dropped: {reason ?? "it is no well-formed XMP"}.");
        }

        return joined ?? packet;
    }

    private string? TryAssemble(string? guid, JpegFile file, out byte[] extension)
    {
        extension = [];
        if (guid is null)
        {
            return "no XMP packet refers to it";
        }

        var parts = _parts.Where(part => part.Guid == guid).OrderBy(static part => part.Offset).ToArray();
        if (parts.Length == 0)
        {
            return "none of its parts is there";
        }

        long whole = parts[0].Whole;
        if (whole > LargestWhole)
        {
            return "it is larger than 16 MiB";
        }

        long end = 0;
        foreach (var part in parts)
        {
            if (part.Whole != whole || part.Offset != end)
            {
                return "its parts do not fit together";
            }

            end += part.Length;
        }

        if (end != whole)
        {
            return "its parts do not fit together";
        }

        extension = [.. parts.SelectMany(part => file.Slice(part.Position, part.Length).ToArray())];
        return null;
    }

    private sealed record Part(string Guid, uint Whole, uint Offset, int Position, int Length);
}
