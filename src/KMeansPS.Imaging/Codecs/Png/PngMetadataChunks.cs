using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using KMeansPS.Imaging.Metadata;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// The chunks that hold metadata (W3C PNG, third edition 2025, 11.3.3 and 11.3.4): tEXt, zTXt, iTXt, pHYs and eXIf, and
/// an XMP packet in an iTXt chunk of a keyword of its own.
/// </summary>
internal static class PngMetadataChunks
{
    // Of a packet or a text nobody needs more.
    private const int MostInflated = 1 << 24;
    private const int MostTexts = 1000;
    private const int LongestKeyword = 79;
    private const int DensityLength = 9;
    private const string SoftwareKeyword = "Software";
    private const string XmpKeyword = "XML:com.adobe.xmp";

    /// <summary>Reads one chunk; what is damaged or not understood is left out.</summary>
    /// <param name="type">The type of the chunk.</param>
    /// <param name="data">The data of the chunk.</param>
    /// <param name="metadata">What is known already; of data that are there once the first count.</param>
    /// <returns>What is known now.</returns>
    internal static PictureMetadata Add(uint type, ReadOnlySpan<byte> data, PictureMetadata metadata) => type switch
    {
        PngChunk.Exif => metadata with { Exif = metadata.Exif ?? data.ToArray() },
        PngChunk.Phys when data.Length == DensityLength && data[8] == 1 => metadata with { Density = metadata.Density ?? ReadDensity(data) },
        PngChunk.Text or PngChunk.Ztxt or PngChunk.Itxt => AddText(type, data, metadata),
        _ => metadata,
    };

    /// <summary>Writes all chunks, before the picture.</summary>
    internal static void Write(PictureMetadata metadata, PngChunkWriter chunks)
    {
        if (metadata.Density is { X: > 0, Y: > 0 } density)
        {
            Span<byte> data = stackalloc byte[DensityLength];
            BinaryPrimitives.WriteInt32BigEndian(data, density.X);
            BinaryPrimitives.WriteInt32BigEndian(data[4..], density.Y);
            data[8] = 1; // the unit is the metre
            chunks.Write(PngChunk.Phys, data);
        }

        if (metadata.Exif is { } exif)
        {
            chunks.Write(PngChunk.Exif, exif);
        }

        if (metadata.Xmp is { } xmp)
        {
            WriteInternational(XmpKeyword, xmp, chunks);
        }

        foreach (var (keyword, text) in metadata.Texts)
        {
            if (text.All(letter => letter is '\n' or (>= ' ' and <= '~') or (>= '\u00A0' and <= '\u00FF')))
            {
                chunks.Write(PngChunk.Text, [.. Encoding.Latin1.GetBytes(keyword), 0, .. Encoding.Latin1.GetBytes(text)]);
            }
            else
            {
                WriteInternational(keyword, Encoding.UTF8.GetBytes(text), chunks);
            }
        }
    }

    // Not compressed, of no language, and with no translation of the keyword.
    private static void WriteInternational(string keyword, byte[] text, PngChunkWriter chunks) =>
        chunks.Write(PngChunk.Itxt, [.. Encoding.Latin1.GetBytes(keyword), 0, 0, 0, 0, 0, .. text]);

    private static PixelDensity? ReadDensity(ReadOnlySpan<byte> data)
    {
        int x = BinaryPrimitives.ReadInt32BigEndian(data);
        int y = BinaryPrimitives.ReadInt32BigEndian(data[4..]);
        return x > 0 && y > 0 ? new PixelDensity(x, y) : null;
    }

    private static PictureMetadata AddText(uint type, ReadOnlySpan<byte> data, PictureMetadata metadata)
    {
        int keywordLength = data.IndexOf((byte)0);
        if (keywordLength is < 1 or > LongestKeyword)
        {
            return metadata;
        }

        string keyword = Encoding.Latin1.GetString(data[..keywordLength]);
        data = data[(keywordLength + 1)..];
        byte[]? text = type switch
        {
            PngChunk.Text => data.ToArray(),
            PngChunk.Ztxt => data.IsEmpty ? null : Inflate(data[1..]),
            _ => ReadInternational(data),
        };
        if (text is null || keyword == SoftwareKeyword || metadata.Texts.Count == MostTexts)
        {
            return metadata; // which program wrote the source says nothing of the result
        }

        return type == PngChunk.Itxt && keyword == XmpKeyword
            ? metadata with { Xmp = metadata.Xmp ?? text }
            : metadata with { Texts = [.. metadata.Texts, new PictureText(keyword, (type == PngChunk.Itxt ? Encoding.UTF8 : Encoding.Latin1).GetString(text))] };
    }

    private static byte[]? ReadInternational(ReadOnlySpan<byte> data)
    {
        if (data.Length < 4)
        {
            return null;
        }

        bool isDeflated = data[0] == 1;
        data = data[2..];
        for (int i = 0; i < 2; i++)
        {
            int end = data.IndexOf((byte)0); // of the language, and of the translated keyword
            if (end < 0)
            {
                return null;
            }

            data = data[(end + 1)..];
        }

        return isDeflated ? Inflate(data) : data.ToArray();
    }

    private static byte[]? Inflate(ReadOnlySpan<byte> data)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(data.ToArray()), CompressionMode.Decompress);
            var text = new MemoryStream();
            var part = new byte[4096];
            int read;
            while ((read = zlib.Read(part)) > 0)
            {
                text.Write(part, 0, read);
                if (text.Length > MostInflated)
                {
                    return null;
                }
            }

            return text.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
