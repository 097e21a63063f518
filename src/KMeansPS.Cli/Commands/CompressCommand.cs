using System.CommandLine;
using System.IO.Compression;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Dithering;
using KMeansPS.Imaging.Quantization;

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
        var space = SharedOptions.OneOf<ColorSpace>("--color-space", "Where distances between colours are measured: rgb, the default, for the highest PSNR; oklab for what the eye sees as nearest.");
        var dithering = SharedOptions.OneOf<DitheringMethod>("--dithering", "How pixels are dithered; by default not at all.");
        var strength = SharedOptions.Number<double>(["--dithering-strength"], "How much is dithered, 0 to 1; by default 1.", value => value is >= 0 and <= 1, "0 to 1");
        var level = SharedOptions.OneOf<CompressionLevel>("--compression-level", "How much time is spent on fewer bytes, the pixels being the same; by default optimal.");
        var seed = SharedOptions.Seed("By default 0.");
        var threads = SharedOptions.Threads();
        var force = SharedOptions.Force();
        var json = SharedOptions.Json();
        var command = new Command("compress", "Bring pictures to K colours and write them as indexed PNG.")
        {
            files, colors, output, space, dithering, strength, level, seed, threads, force, json,
        };
        command.SetAction(parsed => new CompressRun(
            parsed.GetRequiredValue(files),
            new QuantizerOptions
            {
                K = parsed.GetValue(colors) ?? SharedOptions.DefaultColors,
                Clustering = new KMeansOptions { Seed = parsed.GetValue(seed) ?? 0 },
                ColorSpace = parsed.GetValue(space) ?? ColorSpace.Rgb,
                Dithering = parsed.GetValue(dithering) ?? DitheringMethod.None,
                DitheringStrength = parsed.GetValue(strength) ?? 1,
            },
            parsed.GetValue(level) ?? CompressionLevel.Optimal,
            parsed.GetValue(output),
            parsed.GetValue(force),
            SharedOptions.Parallel(parsed.GetValue(threads), interruption)).Execute(parsed.GetValue(json)));
        return command;
    }
}
