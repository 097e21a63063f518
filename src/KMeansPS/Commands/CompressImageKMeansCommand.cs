using System.Globalization;
using System.IO.Compression;
using System.Management.Automation;
using KMeansPS.Files;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Compression;
using KMeansPS.Imaging.Dithering;
using KMeansPS.Imaging.Quantization;
using KMeansPS.Pictures;

namespace KMeansPS.Commands;

/// <summary>Compresses pictures to indexed PNG of at most K colours, and tells for each what it was and what it is.</summary>
[Cmdlet(VerbsData.Compress, "ImageKMeans", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(CompressionResult))]
public sealed partial class CompressImageKMeansCommand : FileCommand
{
    /// <summary>The most colours of the result, 1 to 256; by default 16, or 256 with a target.</summary>
    [Parameter]
    [ValidateRange(1, Imaging.Palette.MaxCount)]
    public int K { get; set; } = 16;

    /// <summary>The colours to which all pictures are brought: hex strings, what Get-KMeansPalette gives, or a palette file.</summary>
    [Parameter]
    [PaletteArgument]
    public Palette? Palette { get; set; }

    /// <summary>Finds one palette for all pictures of the pipeline, each of which counts for the same.</summary>
    [Parameter]
    public SwitchParameter SharedPalette { get; set; }

    /// <summary>Entries that every palette has in any case; the rest is found around them. Given as -Palette is.</summary>
    [Parameter]
    [PaletteArgument]
    public Palette? FixedColor { get; set; }

    /// <summary>Gives colours that few pixels have, and that would be lost, an entry of their own.</summary>
    [Parameter]
    public SwitchParameter KeepRareColor { get; set; }

    /// <summary>How much is done to find good colours.</summary>
    [Parameter]
    public QuantizerEffort Effort { get; set; } = QuantizerEffort.Balanced;

    /// <summary>Takes the fewest colours, at most K, that reach this many decibels.</summary>
    [Parameter]
    [ValidateRange(double.Epsilon, double.MaxValue)]
    public double TargetPsnr { get; set; }

    /// <summary>Takes as many colours, at most K, as fit in this many bytes.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxBytes { get; set; }

    /// <summary>Writes results that are larger than their sources too.</summary>
    [Parameter]
    public SwitchParameter AllowLarger { get; set; }

    /// <summary>Compresses pictures that were made by KMeansPS before once more.</summary>
    [Parameter]
    public SwitchParameter Recompress { get; set; }

    /// <summary>
    /// Where the results go: a folder when it exists as one, ends in a separator or does not end in .png, and it is made
    /// if it is missing; else one file. By default beside each source, as name.kK.png.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

    /// <summary>
    /// The folder below which sources lie: results lie in the same folders below -DestinationPath. By default the deepest
    /// folder that all sources have in common.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RelativeTo { get; set; }

    /// <summary>Replaces files that are there already; never a source.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Where distances between colours are measured and their means taken.</summary>
    [Parameter]
    public ColorSpace ColorSpace { get; set; } = ColorSpace.Rgb;

    /// <summary>How pixels are dithered; a picture that loses nothing never is.</summary>
    [Parameter]
    public DitheringMethod Dithering { get; set; } = DitheringMethod.None;

    /// <summary>How much is dithered, 0 to 1.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double DitheringStrength { get; set; } = 1;

    /// <summary>How much time is spent on fewer bytes; the pixels are the same at each level.</summary>
    [Parameter]
    public CompressionLevel CompressionLevel { get; set; } = CompressionLevel.Optimal;

    /// <summary>Keeps EXIF, XMP, density and texts of the source.</summary>
    [Parameter]
    public SwitchParameter KeepMetadata { get; set; }

    /// <summary>The seed of the random choices.</summary>
    [Parameter]
    public long Seed { get; set; }

    /// <summary>How many runs are done from different initial colours; the best is kept.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Restart { get; set; } = 1;

    /// <summary>The most rounds of assignment and update.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxIterations { get; set; } = 300;

    /// <summary>
    /// The clustering has converged when the sum of the squared moves of the colours is at most this times the mean
    /// variance of the channels; 0 asks for the fixed point.
    /// </summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    public double Tolerance { get; set; } = QuantizerOptions.DefaultTolerance;

    /// <summary>The most threads to use, and pictures to work on at a time; 0, the default, for all cores.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <summary>A picture of more pixels than this is refused before memory is taken for it.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxPixel { get; set; } = DecoderOptions.DefaultMaxPixels;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        ThrowIfContradictory();
        var paths = new SessionPaths(this, ThrowTerminatingError);
        bool hasTarget = IsGiven(nameof(TargetPsnr)) || IsGiven(nameof(MaxBytes));
        int k = Palette?.Count ?? (hasTarget && !IsGiven(nameof(K)) ? Imaging.Palette.MaxCount : K);
        _plan = new DestinationPlan(DestinationPath is null ? null : paths.Destination(DestinationPath), k, Force);
        if (RelativeTo is not null)
        {
            if (!_plan.IsFolder)
            {
                ThrowTerminatingError(ErrorRecords.OptionsContradictory("-RelativeTo needs a folder as -DestinationPath, in which the tree is kept.", nameof(RelativeTo)));
            }

            _plan.KeepTree(paths.Destination(RelativeTo)!);
        }

        _work = new OrderedWork<CompressionResult>(ThrottleLimit, StopToken);
        try
        {
            Use(Options(k));
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(ErrorRecords.OptionsContradictory(e));
        }

        WriteVerbose($"At most {k} colours, {(Palette is null ? $"effort {Effort}, " : "all given, ")}seed {Seed}, tolerance {Tolerance.ToString(CultureInfo.InvariantCulture)}, colour space {ColorSpace}, {DitheringInWords()}, compression level {CompressionLevel}, {ThreadsInWords(ThrottleLimit)}.");
    }

    private CompressionOptions Options(int k) => new()
    {
        Quantizer = new QuantizerOptions
        {
            K = k,
            Clustering = new KMeansOptions { Seed = Seed, Restarts = Restart, MaxIterations = MaxIterations, Tolerance = Tolerance },
            Effort = Effort,
            Palette = Palette,
            FixedColors = FixedColor,
            KeepRareColors = KeepRareColor,
            ColorSpace = ColorSpace,
            Dithering = Dithering,
            DitheringStrength = DitheringStrength,
        },
        TargetPsnr = IsGiven(nameof(TargetPsnr)) ? TargetPsnr : null,
        MaxBytes = IsGiven(nameof(MaxBytes)) ? MaxBytes : null,
        AllowLarger = AllowLarger,
        Recompress = Recompress,
        Decoding = new DecoderOptions { MaxPixels = MaxPixel, KeepMetadata = KeepMetadata },
    };

    private void ThrowIfContradictory()
    {
        if (Palette is not null && IsGiven(nameof(K)))
        {
            ThrowTerminatingError(ErrorRecords.OptionsContradictory("-Palette has as many colours as it has: leave out -K.", nameof(K)));
        }

        if (Palette is not null && SharedPalette)
        {
            ThrowTerminatingError(ErrorRecords.OptionsContradictory("-Palette gives the colours of all pictures, -SharedPalette finds them: give one of the two.", nameof(SharedPalette)));
        }

        if (SharedPalette && (IsGiven(nameof(TargetPsnr)) || IsGiven(nameof(MaxBytes))))
        {
            ThrowTerminatingError(ErrorRecords.OptionsContradictory("-TargetPsnr and -MaxBytes look for a K for each picture, -SharedPalette has one for all: give -K.", nameof(SharedPalette)));
        }
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    private string DitheringInWords() => Dithering == DitheringMethod.None || DitheringStrength == 0
        ? "no dithering"
        : $"dithering {Dithering} of strength {DitheringStrength.ToString(CultureInfo.InvariantCulture)}";
}
