using System.Text.Json;

namespace KMeansPS.Tests;

/// <summary>One run of the Pester suite in a process of its own.</summary>
internal sealed record PesterRun(IReadOnlyList<PesterResult> Results)
{
    // Sooner than CI gives up a test that hangs: the output then tells which file did.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(9);
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    internal static async Task<PesterRun> Start(CancellationToken cancellationToken)
    {
        if (await PowerShellHost.Find(cancellationToken) is not { } host)
        {
            return Skipped("PowerShell 7.4 or later is neither on the PATH nor to be had with dotnet tool restore.");
        }

        string folder = Path.Join(Repository.Folder, "tests", "Pester");
        string results = Path.GetTempFileName();
        try
        {
            var run = await host.Run(
                ["-File", Path.Join(folder, "Invoke-Suite.ps1"), "-ModuleFolder", Repository.ModuleFolder, "-ResultPath", results], Limit, cancellationToken);
            string text = await File.ReadAllTextAsync(results, cancellationToken);
            return text.Length == 0
                ? new PesterRun([new PesterResult("Pester suite", Failure: $"The suite broke off with exit code {run.ExitCode}.{Environment.NewLine}{run.Output}")])
                : Read(text);
        }
        finally
        {
            File.Delete(results);
        }
    }

    private static PesterRun Read(string text)
    {
        var results = JsonSerializer.Deserialize<PesterResult[]>(text, Json)!;
        return results.Length == 0
            ? new PesterRun([new PesterResult("Pester suite", Failure: "The suite has no tests.")])
            : new PesterRun(results);
    }

    private static PesterRun Skipped(string reason) => new([new PesterResult($"Pester suite, not run: {reason}", SkipReason: reason)]);
}
