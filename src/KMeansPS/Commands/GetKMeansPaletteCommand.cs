using System.Management.Automation;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Palettes;
using KMeansPS.Imaging.Quantization;
using KMeansPS.Pictures;

namespace KMeansPS.Commands;

/// <summary>Finds the main colours of pictures, as one object each or as a text for other programs.</summary>
[Cmdlet(VerbsCommon.Get, "KMeansPalette", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PaletteEntry), typeof(string))]
public sealed class GetKMeansPaletteCommand : FileCommand
{
    /// <summary>The most colours of a palette, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, Imaging.Palette.MaxCount)]
    public int K { get; set; } = 8;

    /// <summary>How much is done to find good colours.</summary>
    [Parameter]
    public QuantizerEffort Effort { get; set; } = QuantizerEffort.Balanced;

    /// <summary>Gives colours that few pixels have, and that would be lost, an entry of their own.</summary>
    [Parameter]
    public SwitchParameter KeepRareColor { get; set; }

    /// <summary>Gives one text for each picture instead of an object for each colour.</summary>
    [Parameter]
    public PaletteFormat? As { get; set; }

    /// <summary>The seed of the random choices.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <summary>The most threads to use; 0, the default, for all cores.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <summary>A picture of more pixels than this is refused before memory is taken for it.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxPixel { get; set; } = DecoderOptions.DefaultMaxPixels;

    /// <inheritdoc/>
    private protected override void ProcessFile(string path)
    {
        if (!TryWatch("Finding colours", path, progress => Find(path, progress), out var found))
        {
            return;
        }

        foreach (string warning in found.Warnings)
        {
            WriteWarning($"{path}: {warning}");
        }

        if (As is { } format)
        {
            WriteObject(PaletteText.Of(format, System.IO.Path.GetFileNameWithoutExtension(path), found.Entries).TrimEnd('\n'));
        }
        else
        {
            WriteObject(found.Entries, enumerateCollection: true);
        }
    }

    private (IReadOnlyList<PaletteEntry> Entries, IReadOnlyList<string> Warnings) Find(string path, IProgress<KMeansProgress> progress)
    {
        var image = PictureReader.Read(path, MaxPixel, StopToken).Image;
        var options = new QuantizerOptions
        {
            K = K,
            Clustering = new KMeansOptions { Seed = Seed, Tolerance = QuantizerOptions.DefaultTolerance },
            Effort = Effort,
            KeepRareColors = KeepRareColor,
        };
        return (MainColors.Of(image, options, path, Parallel(ThrottleLimit), progress), image.Warnings);
    }
}
