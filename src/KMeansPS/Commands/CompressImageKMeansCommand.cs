using System.Globalization;
using System.IO.Compression;
using System.Management.Automation;
using KMeansPS.Files;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.ColorSpaces;
using KMeansPS.Imaging.Compression;
using KMeansPS.Imaging.Dithering;
using KMeansPS.Imaging.Quantization;
using KMeansPS.Pictures;

namespace KMeansPS.Commands;

/// <summary>Compresses pictures to indexed PNG of at most K colours, and tells for each what it was and what it is.</summary>
[Cmdlet(VerbsData.Compress, "ImageKMeans", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(CompressionResult))]
public sealed class CompressImageKMeansCommand : FileCommand
{
    private readonly List<string> _replacing = [];
    private DestinationPlan _plan = null!;
    private ImageCompressor _compressor = null!;

    /// <summary>The most colours of the result, 1 to 256.</summary>
    [Parameter]
    [ValidateRange(1, Imaging.Palette.MaxCount)]
    public int K { get; set; } = 16;

    /// <summary>
    /// Where the results go: a folder when it exists as one, ends in a separator or does not end in .png, and it is made
    /// if it is missing; else one file. By default beside each source, as name.kK.png.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

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
    public double Tolerance { get; set; } = 0.0001;

    /// <summary>The most threads to use; 0, the default, for all cores.</summary>
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
        string? place = null;
        if (DestinationPath is not null)
        {
            place = new SessionPaths(this, ThrowTerminatingError).Destination(DestinationPath);
        }

        _plan = new DestinationPlan(place, K, Force);
        var clustering = new KMeansOptions { Seed = Seed, Restarts = Restart, MaxIterations = MaxIterations, Tolerance = Tolerance };
        var options = new QuantizerOptions
        {
            K = K,
            Clustering = clustering,
            ColorSpace = ColorSpace,
            Dithering = Dithering,
            DitheringStrength = DitheringStrength,
        };
        var parallel = Parallel(ThrottleLimit);
        var encoding = new PngEncoderOptions { CompressionLevel = CompressionLevel, MaxDegreeOfParallelism = parallel.MaxDegreeOfParallelism };
        _compressor = new ImageCompressor(PictureReader.Create(), new PngEncoder(encoding), options,
            new DecoderOptions { MaxPixels = MaxPixel }, parallel);
        WriteVerbose($"At most {K} colours, seed {Seed}, tolerance {Tolerance.ToString(CultureInfo.InvariantCulture)}, colour space {ColorSpace}, {DitheringInWords()}, compression level {CompressionLevel}, {ThreadsInWords(ThrottleLimit)}.");
    }

    /// <inheritdoc/>
    private protected override void Expect(string path) => _plan.AddSource(path);

    /// <summary>
    /// Compresses a picture at once, unless that would replace a file: a later source of this run could be that file, so
    /// these wait until all sources are known.
    /// </summary>
    private protected override void ProcessFile(string path)
    {
        if (Force && File.Exists(_plan.PlaceOf(path)))
        {
            _replacing.Add(path);
        }
        else
        {
            Compress(path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (string path in _replacing.TakeWhile(_ => !Stopping))
        {
            Compress(path);
        }
    }

    private string DitheringInWords() => Dithering == DitheringMethod.None || DitheringStrength == 0
        ? "no dithering"
        : $"dithering {Dithering} of strength {DitheringStrength.ToString(CultureInfo.InvariantCulture)}";

    private void Compress(string path)
    {
        string destination;
        try
        {
            destination = _plan.For(path);
        }
        catch (DestinationException e) when (e.Fault == DestinationFault.IsResult)
        {
            WriteVerbose(e.Message); // Get-ChildItem may list what was written while it was at it
            return;
        }
        catch (DestinationException e)
        {
            WriteError(ErrorRecords.OfFile(e, path));
            return;
        }

        if (!ShouldProcess(destination, $"Compress '{path}' to {K} colours")
            || !TryWatch("Compressing pictures", path, progress => _compressor.Compress(path, destination, Force, progress), out var result))
        {
            return;
        }

        foreach (string warning in result.Warnings)
        {
            WriteWarning($"{path}: {warning}");
        }

        WriteVerbose($"{path}: read by {result.Decoder}, {result.SourceColorCount} colours to {result.ColorCount} in {result.Iterations} iterations.");
        WriteObject(WithPSPath(result));
    }

    // What the provider puts on its items, so that the result stands for the file that was written.
    private static PSObject WithPSPath(CompressionResult result)
    {
        var wrapped = PSObject.AsPSObject(result);
        wrapped.Properties.Add(new PSNoteProperty("PSPath", $@"Microsoft.PowerShell.Core\FileSystem::{result.Destination}"));
        return wrapped;
    }
}
