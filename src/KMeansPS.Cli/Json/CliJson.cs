using System.Text.Json.Serialization;

namespace KMeansPS.Cli.Json;

/// <summary>The code that writes the reports, made at build time: no reflection, so that a native build works too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CompressReport))]
[JsonSerializable(typeof(ClusterReport))]
[JsonSerializable(typeof(PaletteReport))]
internal sealed partial class CliJson : JsonSerializerContext;
