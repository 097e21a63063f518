using System.Text;
using System.Text.Json;

namespace KMeansPS.Imaging.Palettes;

/// <summary>JSON: an object with the name of the palette and its colours, each with hex, r, g, b, a, share (0 to 1) and name.</summary>
internal static class JsonPalette
{
    internal static string Write(string name, IReadOnlyList<PaletteEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteStartArray("colors");
            foreach (var entry in entries)
            {
                Write(writer, entry);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\n") + "\n";
    }

    private static void Write(Utf8JsonWriter writer, PaletteEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("hex", entry.Hex);
        writer.WriteNumber("r", entry.R);
        writer.WriteNumber("g", entry.G);
        writer.WriteNumber("b", entry.B);
        writer.WriteNumber("a", entry.A);
        writer.WriteNumber("share", entry.Share);
        writer.WriteString("name", entry.Name);
        writer.WriteEndObject();
    }
}
