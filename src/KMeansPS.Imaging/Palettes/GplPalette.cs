using System.Globalization;
using System.Text;

namespace KMeansPS.Imaging.Palettes;

/// <summary>
/// Palette files of GIMP: a head, then a line of red, green, blue and a name for each colour. They know no alpha, so that
/// a colour that cannot be seen has no line, and any other is written without its alpha.
/// </summary>
internal static class GplPalette
{
    internal static string Write(string name, IReadOnlyList<PaletteEntry> entries)
    {
        var text = new StringBuilder($"GIMP Palette\nName: {name}\nColumns: {Math.Min(entries.Count, 16)}\n#\n");
        foreach (var entry in entries.Where(static entry => entry.A > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.R,3} {entry.G,3} {entry.B,3}\t{entry.Name} {entry.Hex}\n");
        }

        return text.ToString();
    }
}
