using System.Text;
using System.Text.Json;

namespace KMeansPS.Imaging.Palettes;

/// <summary>JSON: an object with the name of the palette and its colours, each with hex, r, g, b, a, share (0 to 1) and name.</summary>
internal static class JsonPalette
{
    /// <summary>The colours of what <see cref="Write(string, IReadOnlyList{PaletteEntry})"/> makes, or of an array of hex strings.</summary>
    internal static List<Rgba> Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("colors", out var colors) ? colors : root;
            return list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(Color)]
                : throw new PaletteFileException("The JSON is neither an array of hex colours nor an object with one as colors.");
        }
        catch (JsonException e)
        {
            throw new PaletteFileException($"The JSON is damaged: {e.Message}");
        }
    }

    private static Rgba Color(JsonElement element)
    {
        var hex = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("hex", out var member) ? member : element;
        return hex.ValueKind == JsonValueKind.String && HexColor.TryParse(hex.GetString(), out var color)
            ? color
            : throw new PaletteFileException($"The JSON has {hex.GetRawText()} where a hex colour such as \"#ff8800\" is expected.");
    }

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
