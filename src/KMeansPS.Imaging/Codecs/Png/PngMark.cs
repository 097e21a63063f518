namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>
/// The empty chunk by which a file of ours is known, so that nobody brings a picture to K colours twice without meaning
/// to. Its twelve bytes count in a picture of a few hundred. By its letters (W3C PNG, third edition 2025, 5.4) it is
/// ancillary, private and unsafe to copy: who does not know it passes over it, and who changes the picture drops it.
/// </summary>
internal static class PngMark
{
    private const int LongestHead = 1 << 20; // a file that hides the chunk behind more than this is not one of ours

    /// <summary>Writes the chunk, before the picture.</summary>
    internal static void Write(PngChunkWriter chunks) => chunks.Write(PngChunk.Mark, []);

    /// <summary>Whether the chunk stands before the picture. What cannot be read is none of ours; its decoder says why.</summary>
    /// <param name="stream">A seekable stream; read from its start.</param>
    internal static bool IsIn(Stream stream)
    {
        stream.Position = 0;
        var chunks = new PngChunkReader(stream);
        try
        {
            chunks.ReadSignature();
            for (var chunk = chunks.Next(); chunk.Type is not (PngChunk.Idat or PngChunk.Iend) && chunks.Position < LongestHead; chunk = chunks.Next())
            {
                if (chunk is not { Type: PngChunk.Mark, Length: 0 })
                {
                    chunks.Skip();
                }
                else if (chunks.TryReadAll([]))
                {
                    return true;
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
