using System.Diagnostics;

namespace KMeansPS.Tests.Support;

/// <summary>A test in a process of its own, for what is settled when a process starts.</summary>
internal static class ChildProcess
{
    /// <summary>Runs one explicit test of this assembly with other variables in its environment; it has to pass.</summary>
    internal static async Task Pass(Type type, string method, params (string Name, string Value)[] environment)
    {
        string program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [type.Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. host, "-explicit", "only", "-method", $"{type.FullName}.{method}", "-noLogo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        try
        {
            // Both at once: a child that writes more than a pipe holds waits for a reader.
            var token = TestContext.Current.CancellationToken;
            string[] written = await Task.WhenAll(child.StandardOutput.ReadToEndAsync(token), child.StandardError.ReadToEndAsync(token));
            await child.WaitForExitAsync(token);
            Assert.True(child.ExitCode == 0, string.Concat(written));
            Assert.Contains("Total: 1,", written[0], StringComparison.Ordinal);
        }
        catch (OperationCanceledException)
        {
            child.Kill();
            throw;
        }
    }
}
