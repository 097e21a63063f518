namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// The tEXt chunk of the keyword Software by which a file of ours is known, so that nobody brings a picture to K colours
/// twice without meaning to.
/// </summary>
internal static class PngSoftware
{
    private const int LongestHead = 1 << 20; // a file that hides the chunk behind more than this is not one of ours

    /// <summary>The keyword of the chunk.</summary>
    internal const string Keyword = "Software";

    /// <summary>The data of the chunk: the keyword, a zero, the name of the program.</summary>
    internal static ReadOnlySpan<byte> Data => "Software\0KMeansPS"u8;

    /// <summary>Whether the chunk stands before the picture. What cannot be read is none of ours; its decoder says why.</summary>
    /// <param name="stream">A seekable stream; read from its start.</param>
    internal static bool IsIn(Stream stream)
    {
        stream.Position = 0;
        var chunks = new PngChunkReader(stream);
        Span<byte> data = stackalloc byte[Data.Length];
        try
        {
            chunks.ReadSignature();
            for (var chunk = chunks.Next(); chunk.Type is not (PngChunk.Idat or PngChunk.Iend) && chunks.Position < LongestHead; chunk = chunks.Next())
            {
                if (chunk.Type == PngChunk.Text && chunk.Length == Data.Length)
                {
                    if (chunks.TryReadAll(data) && data.SequenceEqual(Data))
                    {
                        return true;
                    }
                }
                else
                {
                    chunks.Skip();
                }
            }
        }
        catch (ImageFormatException)
        {
            return false;
        }

        return false;
    }
}
