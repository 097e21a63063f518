using System.CommandLine;
using KMeansPS.Imaging.Palettes;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Cli.Commands;

/// <summary><c>kmeansps palette FILE</c></summary>
internal static class PaletteCommand
{
    /// <summary>Makes the command.</summary>
    internal static Command Create(Interruption interruption)
    {
        var file = SharedOptions.Files<string>("file", "A picture: JPEG, PNG, BMP or PNM.", ArgumentArity.ExactlyOne);
        var colors = SharedOptions.Colors();
        var rare = SharedOptions.KeepRareColor();
        var effort = SharedOptions.Effort();
        var seed = SharedOptions.Seed("By default 0.");
        var threads = SharedOptions.Threads();
        var json = SharedOptions.Json();
        var format = SharedOptions.OneOf<PaletteFormat>("--format", "Print the palette for another program instead of a table: GIMP's palette file, CSS custom properties, or JSON.");
        var command = new Command("palette", "Show the K main colours of a picture, the most frequent first.") { file, colors, rare, effort, seed, threads, json, format };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(format) is not null)
            {
                result.AddError("--json and --format are two ways to print: name one of them.");
            }
        });
        command.SetAction(parsed => new PaletteRun(
            parsed.GetRequiredValue(file),
            new QuantizerOptions
            {
                K = parsed.GetValue(colors) ?? SharedOptions.DefaultColors,
                Clustering = new KMeansOptions { Seed = parsed.GetValue(seed) ?? 0, Tolerance = QuantizerOptions.DefaultTolerance },
                Effort = parsed.GetValue(effort) ?? QuantizerEffort.Balanced,
                KeepRareColors = parsed.GetValue(rare),
            },
            SharedOptions.Parallel(parsed.GetValue(threads), interruption)).Execute(parsed.GetValue(json), parsed.GetValue(format)));
        return command;
    }
}
