using KMeansPS.Imaging.Codecs.Exif;
using KMeansPS.Imaging.Codecs.Rows;
using KMeansPS.Imaging.Metadata;

namespace KMeansPS.Imaging.Codecs.Png;

/// <summary>What the chunks beside IHDR and IDAT say: palette, transparency, colour profile, metadata.</summary>
internal sealed class PngMetadata
{
    private const int MostPaletteBytes = 3 * Imaging.Palette.MaxCount;

    private readonly List<string> _warnings = [];
    private Rgba[]? _palette;
    private readonly bool _keepsAll;
    private bool _hasSeenProfile;

    private PngMetadata(bool keepsAll) => _keepsAll = keepsAll;

    /// <summary>The entries of PLTE, opaque; empty where there is none.</summary>
    internal ReadOnlySpan<Rgba> Palette => _palette;

    /// <summary>What tRNS says; null where there is none.</summary>
    internal PngTransparency? Transparency { get; private set; }

    /// <summary>The RGB profile; null where there is none.</summary>
    internal byte[]? IccProfile { get; private set; }

    /// <summary>What a person should know of the reading; more may be added while rows are read.</summary>
    internal List<string> Warnings => _warnings;

    /// <summary>EXIF data, and the rest where it was asked for.</summary>
    internal PictureMetadata Kept { get; private set; } = new();

    /// <summary>Reads all chunks after IHDR up to the head of the first IDAT.</summary>
    internal static PngMetadata Read(PngChunkReader chunks, PngHeader header, DecoderOptions options, CancellationToken cancellationToken)
    {
        var metadata = new PngMetadata(options.KeepMetadata);
        for (var chunk = chunks.Next(); chunk.Type != PngChunk.Idat; chunk = chunks.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (chunk.Type)
            {
                case PngChunk.Plte:
                    metadata.ReadPalette(chunks, header, cancellationToken);
                    break;
                case PngChunk.Trns:
                    metadata.ReadTransparency(chunks, header);
                    break;
                case PngChunk.Iccp when !metadata._hasSeenProfile:
                    metadata.ReadProfile(chunks);
                    break;
                default:
                    metadata.Keep(chunks, cancellationToken);
                    break;
            }
        }

        if (header.ColorType == PngColorType.IndexedColour && metadata._palette is null)
        {
            throw PngFault.Broken(chunks.Current.Offset, "a picture with indexed colour has no PLTE chunk before its IDAT chunk");
        }

        return metadata;
    }

    /// <summary>Reads what follows the last IDAT chunk, up to the end of IEND.</summary>
    internal void ReadTail(PngChunkReader chunks, CancellationToken cancellationToken)
    {
        for (var chunk = chunks.Current; chunk.Type != PngChunk.Iend; chunk = chunks.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chunk.Type == PngChunk.Idat)
            {
                throw PngFault.Broken(chunk.Offset, "the IDAT chunks do not follow one another");
            }

            if (chunk.Type == PngChunk.Plte)
            {
                throw PngFault.Broken(chunk.Offset, "the PLTE chunk stands after the IDAT chunks");
            }

            Keep(chunks, cancellationToken);
        }

        chunks.FinishChecked(cancellationToken);
    }

    /// <summary>The orientation in the EXIF data of a file, which may stand anywhere in it; upright where the file is damaged.</summary>
    internal static int FindOrientation(PngChunkReader chunks, CancellationToken cancellationToken)
    {
        var metadata = new PngMetadata(keepsAll: false);
        try
        {
            for (var chunk = chunks.Next(); chunk.Type != PngChunk.Iend && metadata.Kept.Exif is null; chunk = chunks.Next())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!metadata.TryKeep(chunks))
                {
                    chunks.Skip();
                }
            }
        }
        catch (ImageFormatException)
        {
            return ExifOrientation.Upright;
        }

        return ExifOrientation.Read(metadata.Kept.Exif);
    }

    private bool TryKeep(PngChunkReader chunks)
    {
        var (type, length, _) = chunks.Current;
        bool isWanted = type == PngChunk.Exif || (_keepsAll && type is (PngChunk.Phys or PngChunk.Text or PngChunk.Ztxt or PngChunk.Itxt));
        if (!isWanted || length > PngIccProfile.MaxLength)
        {
            return false;
        }

        var data = new byte[length];
        if (chunks.TryReadAll(data))
        {
            Kept = PngMetadataChunks.Add(type, data, Kept);
        }

        return true;
    }

    private void Keep(PngChunkReader chunks, CancellationToken cancellationToken)
    {
        if (!TryKeep(chunks))
        {
            PassOver(chunks, cancellationToken);
        }
    }

    private static void PassOver(PngChunkReader chunks, CancellationToken cancellationToken)
    {
        var chunk = chunks.Current;
        if (chunk.IsAncillary)
        {
            chunks.Skip();
            return;
        }

        // A damaged type may look like an unknown chunk: the CRC tells the two apart.
        chunks.FinishChecked(cancellationToken);
        throw chunk.Type switch
        {
            PngChunk.Ihdr => PngFault.Broken(chunk.Offset, "there is a second IHDR chunk"),
            PngChunk.Iend => PngFault.Broken(chunk.Offset, "there is no IDAT chunk before IEND"),
            _ => PngFault.Unsupported(chunk.Offset, $"the critical chunk {chunk.Name} is not known"),
        };
    }

    private void ReadPalette(PngChunkReader chunks, PngHeader header, CancellationToken cancellationToken)
    {
        var chunk = chunks.Current;
        if (header.ColorType != PngColorType.IndexedColour)
        {
            // No more than a hint for true colour, and of no use for grey.
            chunks.FinishChecked(cancellationToken);
            return;
        }

        if (_palette is not null)
        {
            throw PngFault.Broken(chunk.Offset, "there is a second PLTE chunk");
        }

        if (chunk.Length is 0 or > MostPaletteBytes || chunk.Length % 3 != 0)
        {
            throw PngFault.Broken(chunk.Offset, $"the PLTE chunk has {chunk.Length} bytes, which is not 1 to 256 entries of 3");
        }

        var data = new byte[chunk.Length];
        if (!chunks.TryReadAll(data))
        {
            throw PngFault.Broken(chunk.Offset, "the CRC of the PLTE chunk is wrong");
        }

        _palette = new Rgba[data.Length / 3];
        RgbRow.Expand(data, _palette);
    }

    private void ReadTransparency(PngChunkReader chunks, PngHeader header)
    {
        // Two values would mean two pictures: the first one counts, as with libpng.
        var chunk = chunks.Current;
        if (Transparency is not null)
        {
            chunks.Skip();
            return;
        }

        if (chunk.Length > Imaging.Palette.MaxCount)
        {
            chunks.Skip();
            _warnings.Add("The transparency was dropped: its tRNS chunk does not fit the picture.");
            return;
        }

        Span<byte> data = stackalloc byte[chunk.Length];
        if (!chunks.TryReadAll(data))
        {
            _warnings.Add("The transparency was dropped: the CRC of its tRNS chunk is wrong.");
            return;
        }

        Transparency = PngTransparency.Parse(data, header, Palette.Length);
        if (Transparency is null)
        {
            _warnings.Add("The transparency was dropped: its tRNS chunk does not fit the picture.");
        }
    }

    private void ReadProfile(PngChunkReader chunks)
    {
        _hasSeenProfile = true;
        if (chunks.Current.Length > PngIccProfile.MaxLength)
        {
            chunks.Skip();
            _warnings.Add("The ICC profile was dropped: it is larger than 16 MiB.");
            return;
        }

        var data = new byte[chunks.Current.Length];
        if (!chunks.TryReadAll(data))
        {
            _warnings.Add("The ICC profile was dropped: the CRC of its iCCP chunk is wrong.");
            return;
        }

        string? reason = PngIccProfile.TryRead(data, out byte[]? profile);
        IccProfile = profile;
        if (reason is not null)
        {
            _warnings.Add(reason);
        }
    }
}
