using System.Diagnostics;
using System.Text;

namespace KMeansPS.Cli.Tests;

/// <summary>Starts the built program as a user would.</summary>
internal static class Cli
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Runs it to its end.</summary>
    internal static async Task<CliResult> RunAsync(TemporaryFolder folder, params string[] args)
    {
        using var process = Start(folder, args);
        process.StandardInput.Close();
        return await FinishAsync(process);
    }

    /// <summary>Runs it to its end with text on its standard input.</summary>
    internal static async Task<CliResult> RunWithInputAsync(TemporaryFolder folder, string input, params string[] args)
    {
        using var process = Start(folder, args);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await FinishAsync(process);
    }

    /// <summary>Starts it.</summary>
    internal static Process Start(TemporaryFolder folder, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "kmeansps.dll"));
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for its end.</summary>
    internal static async Task<CliResult> FinishAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new CliResult(process.ExitCode, (await output).ReplaceLineEndings("\n"), (await error).ReplaceLineEndings("\n"));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }
}
