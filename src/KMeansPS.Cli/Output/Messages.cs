namespace KMeansPS.Cli.Output;

/// <summary>Warnings and errors: one line each, on standard error.</summary>
internal static class Messages
{
    /// <summary>Writes what concerns no one input.</summary>
    internal static void Write(string message) => Console.Error.WriteLine($"kmeansps: {message}");

    /// <summary>Writes what concerns one input.</summary>
    internal static void Write(string input, string message) => Console.Error.WriteLine($"kmeansps: {input}: {message}");
}
