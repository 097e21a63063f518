using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KMeansPS.Tests;

/// <summary>A pwsh that is recent enough: the one on the PATH, else the one of the repository's tools.</summary>
/// <param name="Command">The program, and the arguments that make it pwsh.</param>
internal sealed record PowerShellHost(string[] Command)
{
    private static readonly Version Oldest = new(7, 4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static async Task<PowerShellHost?> Find(CancellationToken cancellationToken)
    {
        var onPath = new PowerShellHost(["pwsh"]);
        if (await onPath.IsRecent(cancellationToken))
        {
            return onPath;
        }

        await new PowerShellHost(["dotnet"]).Start(["tool", "restore"], Patience, cancellationToken);
        var ofTools = new PowerShellHost(["dotnet", "tool", "run", "pwsh"]);
        return await ofTools.IsRecent(cancellationToken) ? ofTools : null;
    }

    /// <summary>Runs pwsh without a profile and without questions.</summary>
    internal Task<(int ExitCode, string Output)> Run(string[] arguments, TimeSpan limit, CancellationToken cancellationToken) =>
        Start(["-NoProfile", "-NonInteractive", .. arguments], limit, cancellationToken);

    private async Task<bool> IsRecent(CancellationToken cancellationToken)
    {
        var (exitCode, output) = await Run(["-Command", "'{0}.{1}' -f $PSVersionTable.PSVersion.Major, $PSVersionTable.PSVersion.Minor"], Patience, cancellationToken);
        return exitCode == 0 && Version.TryParse(output.Trim(), out var version) && version >= Oldest;
    }

    private async Task<(int ExitCode, string Output)> Start(string[] arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Command[0], [.. Command[1..], .. arguments])
        {
            WorkingDirectory = Repository.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        using var process = new Process { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return (-1, e.Message);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, output.ToString());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{output}Stopped after {limit}.");
        }

        void Append(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}
