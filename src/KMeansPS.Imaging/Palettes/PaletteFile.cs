using System.Text;

namespace KMeansPS.Imaging.Palettes;

/// <summary>
/// Reads palettes: GIMP's (GPL), Adobe Swatch Exchange (ASE), the JSON and CSS that <see cref="PaletteText"/> writes, and
/// plain lists of hex colours. The content says which it is, not the name.
/// </summary>
public static class PaletteFile
{
    private const int MaxLength = 1 << 20;

    /// <summary>Reads a palette.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its colours in their order, 1 to 256.</returns>
    /// <exception cref="PaletteFileException">The file is damaged, holds no colours, or more than 256.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Palette Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var content = new byte[MaxLength + 1];
        int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length > MaxLength
            ? throw new PaletteFileException("The file is larger than a palette can be.")
            : Parse(content.AsSpan(0, length));
    }

    /// <summary>Reads a palette from the content of a file.</summary>
    /// <param name="content">The bytes.</param>
    /// <exception cref="PaletteFileException">The content is damaged, holds no colours, or more than 256.</exception>
    public static Palette Parse(ReadOnlySpan<byte> content)
    {
        if (AsePalette.Recognizes(content))
        {
            return Of(AsePalette.Read(content));
        }

        string text = Encoding.UTF8.GetString(content).TrimStart('\uFEFF');
        string start = text.TrimStart();
        return Of(start switch
        {
            _ when start.StartsWith(GplPalette.Head, StringComparison.Ordinal) => GplPalette.Read(text),
            ['{' or '[', ..] => JsonPalette.Read(text),
            _ when CssPalette.Recognizes(text) => CssPalette.Read(text),
            _ => HexList.Read(text),
        });
    }

    /// <summary>The palette of a list of colours.</summary>
    /// <param name="colors">The colours.</param>
    /// <exception cref="PaletteFileException">There are none, or more than 256.</exception>
    public static Palette Of(IReadOnlyList<Rgba> colors)
    {
        ArgumentNullException.ThrowIfNull(colors);
        return colors.Count switch
        {
            0 => throw new PaletteFileException("There are no colours in this palette."),
            > Palette.MaxCount => throw new PaletteFileException($"There are {colors.Count} colours in this palette, and an indexed picture holds {Palette.MaxCount}."),
            _ => new Palette([.. colors]),
        };
    }
}
