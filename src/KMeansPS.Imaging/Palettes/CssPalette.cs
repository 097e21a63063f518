using System.Globalization;
using System.Text;

namespace KMeansPS.Imaging.Palettes;

/// <summary>Custom properties of CSS, numbered from 1: <c>--palette-1: #8b4513; /* 40.12 % saddlebrown */</c></summary>
internal static class CssPalette
{
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
