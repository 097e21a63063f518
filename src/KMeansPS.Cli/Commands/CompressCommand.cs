using System.CommandLine;

namespace KMeansPS.Cli.Commands;

/// <summary><c>kmeansps compress FILES...</c></summary>
internal static class CompressCommand
{
    /// <summary>Makes the command.</summary>
    internal static Command Create(Interruption interruption)
    {
        var files = SharedOptions.Files<string[]>("files", "Pictures: JPEG, PNG, BMP or PNM. Wildcards are expanded.", ArgumentArity.OneOrMore);
        var colors = SharedOptions.Colors();
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Where the results go: a folder, or for one picture a .png file. By default each goes beside its source, as name.kK.png.",
            HelpName = "place",
        };
        var seed = SharedOptions.Seed("By default 0.");
        var threads = SharedOptions.Threads();
        var force = SharedOptions.Force();
        var json = SharedOptions.Json();
        var command = new Command("compress", "Bring pictures to K colours and write them as indexed PNG.") { files, colors, output, seed, threads, force, json };
        command.SetAction(parsed => new CompressRun(
            parsed.GetRequiredValue(files),
            parsed.GetValue(colors) ?? SharedOptions.DefaultColors,
            parsed.GetValue(output),
            parsed.GetValue(seed) ?? 0,
            parsed.GetValue(force),
            SharedOptions.Parallel(parsed.GetValue(threads), interruption)).Execute(parsed.GetValue(json)));
        return command;
    }
}
