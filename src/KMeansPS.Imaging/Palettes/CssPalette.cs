using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KMeansPS.Imaging.Palettes;

/// <summary>Custom properties of CSS, numbered from 1: <c>--palette-1: #8b4513; /* 40.12 % saddlebrown */</c></summary>
internal static partial class CssPalette
{
    internal static bool Recognizes(string text) => Property().IsMatch(text);

    internal static List<Rgba> Read(string text) =>
        [.. Property().Matches(Comment().Replace(text, " ")).Select(static match => HexColor.TryParse(match.Groups[1].Value, out var color)
            ? color
            : throw new PaletteFileException($"'{match.Value}' is no property with a hex colour such as #ff8800."))];

    [GeneratedRegex(@"--[\w-]+\s*:\s*(#\w*)")]
    private static partial Regex Property();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    internal static string Write(string name, IReadOnlyList<PaletteEntry> entries)
    {
        var text = new StringBuilder($"/* {name.Replace("*/", "* /", StringComparison.Ordinal)} */\n:root {{\n");
        for (int i = 0; i < entries.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  --palette-{i + 1}: {Hex(entries[i])}; /* {100 * entries[i].Share:F2} % {entries[i].Name} */\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Hex(PaletteEntry entry) =>
        entry.A == 255 ? $"#{entry.R:x2}{entry.G:x2}{entry.B:x2}" : $"#{entry.R:x2}{entry.G:x2}{entry.B:x2}{entry.A:x2}";
}
