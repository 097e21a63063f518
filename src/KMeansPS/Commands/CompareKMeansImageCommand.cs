using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using KMeansPS.Files;
using KMeansPS.Imaging;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Imaging.Metrics;
using KMeansPS.Pictures;

namespace KMeansPS.Commands;

/// <summary>Tells how far pictures are from their originals: MSE, PSNR, SSIM and CIEDE2000.</summary>
[Cmdlet(VerbsData.Compare, "KMeansImage", DefaultParameterSetName = LiteralPathSet)]
[OutputType(typeof(ImageComparison))]
public sealed class CompareKMeansImageCommand : KMeansCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private string? _asked;
    private string _referencePath = "";
    private PixelImage? _reference;

    /// <summary>The original; no sign of it is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Source", "Reference")]
    [ValidateNotNullOrEmpty]
    public string ReferencePath { get; set; } = "";

    /// <summary>What became of it; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>What became of it, every sign of the names as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "Destination", "Difference")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The most threads to use; 0, the default, for all cores.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <summary>A picture of more pixels than this is refused before memory is taken for it.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxPixel { get; set; } = DecoderOptions.DefaultMaxPixels;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var paths = new SessionPaths(this, WriteError);
        if (!HasReference(paths))
        {
            return;
        }

        foreach (string path in ParameterSetName == LiteralPathSet ? LiteralPath.SelectMany(paths.Literal) : Path.SelectMany(paths.Match))
        {
            if (Stopping)
            {
                return;
            }

            Compare(path);
        }
    }

    // One original is read once for all that are compared with it, and one that cannot be read is one error.
    private bool HasReference(SessionPaths paths)
    {
        if (ReferencePath == _asked)
        {
            return _reference is not null;
        }

        _asked = ReferencePath;
        _reference = null;
        if (paths.Literal(ReferencePath) is not [var path])
        {
            return false;
        }

        _referencePath = path;
        return TryRead(path, out _reference);
    }

    private void Compare(string path)
    {
        var reference = _reference!;
        if (!TryRead(path, out var difference))
        {
            return;
        }

        if (reference.Width != difference.Width || reference.Height != difference.Height)
        {
            WriteError(ErrorRecords.ImageSizeDiffers(path, difference, _referencePath, reference));
            return;
        }

        if (TryWatch("Comparing pictures", path, _ => ImageComparison.Of(reference, difference, Parallel(ThrottleLimit)), out var comparison))
        {
            WriteObject(comparison with { Reference = _referencePath, Difference = path });
        }
    }

    private bool TryRead(string path, [NotNullWhen(true)] out PixelImage? image)
    {
        bool read = TryWatch("Reading pictures", path, _ => PictureReader.Read(path, MaxPixel, StopToken).Image, out image);
        foreach (string warning in image?.Warnings ?? [])
        {
            WriteWarning($"{path}: {warning}");
        }

        return read;
    }
}
