namespace KMeansPS.Cli.Json;

/// <summary>What <c>compress --json</c> prints.</summary>
/// <param name="Results">The pictures that were read, with a status each that says whether they were written.</param>
/// <param name="Errors">The inputs that were not.</param>
internal sealed record CompressReport(IReadOnlyList<CompressedFile> Results, IReadOnlyList<FailedFile> Errors);
