using System.CommandLine;
using System.IO.Compression;
using KMeansPS.Cli.Output;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Compression;
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
        var colors = SharedOptions.Number<int>(
            ["-K", "-k", "--colors"], $"The most colours, 1 to 256; by default {SharedOptions.DefaultColors}, or 256 with a target.", value => value is >= 1 and <= Palette.MaxCount, "1 to 256");
        var palette = PaletteOption.Create("--palette", "Bring the pictures to these colours.");
        var shared = new Option<bool>("--shared-palette") { Description = "Find one palette for all pictures, each of which counts for the same." };
        var fixedColors = PaletteOption.Create("--fixed-color", "Colours that the palette has in any case; the rest is found around them.");
        var rare = SharedOptions.KeepRareColor();
        var effort = SharedOptions.Effort();
        var decibels = SharedOptions.Number<double>(["--target-psnr"], "Take the fewest colours, at most K, that reach this many decibels.", value => value > 0 && double.IsFinite(value), "a number of decibels above 0");
        var bytes = SharedOptions.Number<long>(["--max-bytes"], "Take as many colours, at most K, as fit in this many bytes.", value => value >= 1, "a whole number, 1 or more");
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Where the results go: a folder, or for one picture a .png file. By default each goes beside its source, as name.kK.png.",
            HelpName = "place",
        };
        var root = new Option<string?>("--relative-to")
        {
            Description = "The folder below which the sources lie: results lie in the same folders below --output. By default the deepest folder that all have in common.",
            HelpName = "folder",
        };
        var space = SharedOptions.OneOf<ColorSpace>("--color-space", "Where distances between colours are measured: rgb, the default, for the highest PSNR; oklab for what the eye sees as nearest.");
        var dithering = SharedOptions.OneOf<DitheringMethod>("--dithering", "How pixels are dithered; by default not at all.");
        var strength = SharedOptions.Number<double>(["--dithering-strength"], "How much is dithered, 0 to 1; by default 1.", value => value is >= 0 and <= 1, "0 to 1");
        var level = SharedOptions.OneOf<CompressionLevel>("--compression-level", "How much time is spent on fewer bytes, the pixels being the same; by default optimal.");
        var metadata = new Option<bool>("--keep-metadata") { Description = "Keep EXIF, XMP, density and texts; otherwise nothing but a colour profile is kept." };
        var larger = new Option<bool>("--allow-larger") { Description = "Write results that are larger than their sources too." };
        var recompress = new Option<bool>("--recompress") { Description = "Compress pictures that were made by this program before once more; without it they are passed over." };
        var seed = SharedOptions.Seed("By default 0.");
        var threads = SharedOptions.Count(["--threads"], "How many threads may work, and on how many pictures at a time; by default one for each processor. The results do not depend on it.");
        var force = SharedOptions.Force();
        var json = SharedOptions.Json();
        var command = new Command("compress", "Bring pictures to K colours and write them as indexed PNG.")
        {
            files, colors, palette, shared, fixedColors, rare, effort, decibels, bytes, output, root, space, dithering, strength, level, metadata, larger, recompress, seed, threads, force, json,
        };
        CompressionOptions Options(ParseResult parsed)
        {
            bool hasTarget = parsed.GetValue(decibels) is not null || parsed.GetValue(bytes) is not null;
            return new CompressionOptions
            {
                Quantizer = new QuantizerOptions
                {
                    K = parsed.GetValue(palette)?.Count ?? parsed.GetValue(colors) ?? (hasTarget ? Palette.MaxCount : SharedOptions.DefaultColors),
                    Clustering = new KMeansOptions { Seed = parsed.GetValue(seed) ?? 0, Tolerance = QuantizerOptions.DefaultTolerance },
                    Effort = parsed.GetValue(effort) ?? QuantizerEffort.Balanced,
                    Palette = parsed.GetValue(palette),
                    FixedColors = parsed.GetValue(fixedColors),
                    KeepRareColors = parsed.GetValue(rare),
                    ColorSpace = parsed.GetValue(space) ?? ColorSpace.Rgb,
                    Dithering = parsed.GetValue(dithering) ?? DitheringMethod.None,
                    DitheringStrength = parsed.GetValue(strength) ?? 1,
                },
                TargetPsnr = parsed.GetValue(decibels),
                MaxBytes = parsed.GetValue(bytes),
                Decoding = new DecoderOptions { KeepMetadata = parsed.GetValue(metadata) },
                AllowLarger = parsed.GetValue(larger),
                Recompress = parsed.GetValue(recompress),
            };
        }

        command.Validators.Add(result =>
        {
            bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
            bool hasTarget = IsGiven(decibels) || IsGiven(bytes);
            string? contradiction = result switch
            {
                _ when IsGiven(palette) && IsGiven(colors) => "--palette has as many colours as it has: leave out -K.",
                _ when IsGiven(palette) && IsGiven(shared) => "--palette gives the colours of all pictures, --shared-palette finds them: give one of the two.",
                _ when IsGiven(palette) && hasTarget => "--palette has as many colours as it has: no other number can be looked for to reach --target-psnr or --max-bytes.",
                _ when IsGiven(palette) && (IsGiven(fixedColors) || IsGiven(rare)) => "--palette is taken as it is: leave out --fixed-color and --keep-rare-color.",
                _ when IsGiven(shared) && hasTarget => "--target-psnr and --max-bytes look for a number of colours for each picture, --shared-palette has one for all: give -K.",
                _ when result.GetValue(root) is not null && !new DestinationPlan(result.GetValue(output), 1, replace: false).IsFolder => "--relative-to needs a folder as --output, in which the tree is kept.",
                _ => null,
            };
            if (contradiction is not null)
            {
                result.AddError(contradiction);
            }
        });
        command.SetAction(parsed =>
        {
            var options = Options(parsed);
            if (options.Quantizer.FixedColors?.Count > options.Quantizer.K)
            {
                Messages.Write($"--fixed-color has {options.Quantizer.FixedColors.Count} colours, but -K allows {options.Quantizer.K}: fix fewer, or raise -K.");
                return ExitCode.WrongUsage;
            }

            var arguments = new CompressArguments(parsed.GetRequiredValue(files), options)
            {
                Place = parsed.GetValue(output),
                RelativeTo = parsed.GetValue(root),
                Replace = parsed.GetValue(force),
                SharedPalette = parsed.GetValue(shared),
                Level = parsed.GetValue(level) ?? CompressionLevel.Optimal,
                Threads = parsed.GetValue(threads) ?? 0,
                Json = parsed.GetValue(json),
            };
            return new CompressRun(arguments, interruption.Token).Execute();
        });
        return command;
    }
}
