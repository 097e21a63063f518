using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KMeansPS.Cli.Json;

/// <summary>Prints one JSON object on one line of standard output.</summary>
internal static class JsonOutput
{
    /// <summary>Prints a report.</summary>
    internal static void Write<T>(T report, JsonTypeInfo<T> type)
    {
        // File names in their own letters: this is not HTML.
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            JsonSerializer.Serialize(writer, report, type);
        }

        output.Write("\n"u8);
    }
}
