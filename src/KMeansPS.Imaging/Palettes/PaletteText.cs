namespace KMeansPS.Imaging.Palettes;

/// <summary>Writes palettes as text; lines end in a line feed, the last one too.</summary>
public static class PaletteText
{
    /// <summary>The text of a palette.</summary>
    /// <param name="format">Which.</param>
    /// <param name="name">What the palette is called, such as the name of its picture; any text.</param>
    /// <param name="entries">Its colours.</param>
    public static string Of(PaletteFormat format, string name, IReadOnlyList<PaletteEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(entries);
        return format switch
        {
            PaletteFormat.Gpl => GplPalette.Write(OneLine(name), entries),
            PaletteFormat.Css => CssPalette.Write(OneLine(name), entries),
            PaletteFormat.Json => JsonPalette.Write(name, entries),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    // The name of a file may hold what would begin a line of its own.
    private static string OneLine(string name) => string.Concat(name.Select(static letter =>
        char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
}
