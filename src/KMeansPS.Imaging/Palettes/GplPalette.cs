using System.Globalization;
using System.Text;

namespace KMeansPS.Imaging.Palettes;

/// <summary>
/// Palette files of GIMP: a head, then a line of red, green, blue and a name for each colour. They know no alpha, so that
/// a colour that cannot be seen has no line, and any other is written without its alpha.
/// </summary>
internal static class GplPalette
{
    internal const string Head = "GIMP Palette";

    internal static List<Rgba> Read(string text)
    {
        var colors = new List<Rgba>();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        bool hasAlpha = false; // as Aseprite writes it
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#' || (char.IsAsciiLetter(line[0]) && line.Contains(':')))
            {
                hasAlpha |= line == "Channels: RGBA";
                continue;
            }

            byte[] levels = [.. line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(hasAlpha ? 4 : 3)
                .TakeWhile(static word => byte.TryParse(word, CultureInfo.InvariantCulture, out _)).Select(static word => byte.Parse(word, CultureInfo.InvariantCulture))];
            colors.Add(levels switch
            {
                [byte r, byte g, byte b] when !hasAlpha => new Rgba(r, g, b),
                [byte r, byte g, byte b, byte a] => new Rgba(r, g, b, a),
                _ => throw new PaletteFileException($"Line {i + 1} of the GIMP palette does not begin with {(hasAlpha ? "red, green, blue and alpha" : "red, green and blue")}, each 0 to 255."),
            });
        }

        return colors;
    }

    internal static string Write(string name, IReadOnlyList<PaletteEntry> entries)
    {
        var text = new StringBuilder($"{Head}\nName: {name}\nColumns: {Math.Min(entries.Count, 16)}\n#\n");
        foreach (var entry in entries.Where(static entry => entry.A > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.R,3} {entry.G,3} {entry.B,3}\t{entry.Name} {entry.Hex}\n");
        }

        return text.ToString();
    }
}
