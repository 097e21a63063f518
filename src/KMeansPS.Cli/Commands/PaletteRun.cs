using KMeansPS.Cli.Json;
using KMeansPS.Cli.Output;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Palettes;
using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Cli.Commands;

/// <summary>One run of <c>palette</c>.</summary>
internal sealed class PaletteRun(string file, QuantizerOptions options, ParallelOptions parallel)
{
    /// <summary>Does the run.</summary>
    /// <returns>The exit code.</returns>
    internal int Execute(bool json, PaletteFormat? format)
    {
        PixelImage image;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            image = new ImageReader(BuiltInCodecs.Decoders).Read(stream, cancellationToken: parallel.CancellationToken).Image;
        }
        catch (Exception e) when (InputFault.Describe(file, e) is { } fault)
        {
            Messages.Write(file, fault);
            return ExitCode.InputFailed;
        }

        foreach (string warning in image.Warnings)
        {
            Messages.Write(file, $"Warning: {warning}");
        }

        var quantized = new ColorQuantizer(options, parallel).Quantize(image);
        var colors = MainColors.Of(quantized.Image);
        if (json)
        {
            JsonOutput.Write(Report(quantized, colors), CliJson.Default.PaletteReport);
        }
        else if (format is { } text)
        {
            Console.Out.Write(PaletteText.Of(text, Path.GetFileNameWithoutExtension(file), colors));
        }
        else
        {
            WriteTable(colors);
        }

        return ExitCode.Success;
    }

    private static void WriteTable(IReadOnlyList<PaletteEntry> colors)
    {
        bool swatches = Swatch.IsShown;
        List<TextColumn> columns = [new("Colour", IsNumber: false), new("R"), new("G"), new("B"), new("Share"), new("Name", IsNumber: false)];
        if (colors.Any(color => color.A < 255))
        {
            columns.Insert(4, new("A"));
        }

        if (swatches)
        {
            columns.Add(new("", IsNumber: false));
        }

        TextTable.Write(Console.Out, columns, [.. colors.Select(color => (string[])
            [color.Hex, $"{color.R}", $"{color.G}", $"{color.B}", .. columns[4].Title == "A" ? [$"{color.A}"] : Array.Empty<string>(),
                $"{Figures.Fixed(100 * color.Share, 2)} %", color.Name, .. swatches ? [Swatch.Of(new Rgba(color.R, color.G, color.B))] : Array.Empty<string>()])]);
    }

    private PaletteReport Report(QuantizedImage quantized, IReadOnlyList<PaletteEntry> colors) => new()
    {
        File = file,
        Width = quantized.Image.Width,
        Height = quantized.Image.Height,
        K = options.K,
        SourceColorCount = quantized.SourceColorCount,
        Inertia = quantized.Inertia,
        Iterations = quantized.Iterations,
        Converged = quantized.Converged,
        Seconds = quantized.FitElapsed.TotalSeconds,
        Colors = [.. colors.Select(color => new PaletteColor(color.Hex, color.R, color.G, color.B, color.A, color.Count, 100 * color.Share, color.Name))],
    };
}
