using System.CommandLine;
using System.CommandLine.Invocation;
using KMeansPS.Cli.Commands;

namespace KMeansPS.Cli;

/// <summary>The whole command line: its commands, and what becomes of wrong usage.</summary>
internal static class CommandLine
{
    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>The exit code: see <see cref="ExitCode"/>.</returns>
    internal static int Run(string[] args)
    {
        using var interruption = new Interruption();
        var root = new RootCommand("k-means for points and pictures.")
        {
            CompressCommand.Create(interruption),
            ClusterCommand.Create(interruption),
            PaletteCommand.Create(interruption),
        };

        // A file may be called @photo.jpg, so that no argument is taken for a file of arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                Output.Messages.Write(error.Message);
            }

            string command = parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
            Console.Error.WriteLine($"Try 'kmeansps {command}--help'.");
            return ExitCode.WrongUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return interruption.ExitCode;
        }
    }
}
