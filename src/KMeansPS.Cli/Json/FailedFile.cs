namespace KMeansPS.Cli.Json;

/// <summary>An input that could not be used.</summary>
/// <param name="File">The input, as the user wrote it.</param>
/// <param name="Message">What was wrong with it.</param>
internal sealed record FailedFile(string File, string Message);
