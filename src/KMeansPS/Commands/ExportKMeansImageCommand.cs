using System.IO.Compression;
using System.Management.Automation;
using KMeansPS.Files;
using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Compression;
using KMeansPS.Pictures;

namespace KMeansPS.Commands;

/// <summary>Writes the pixels of a picture, each in the colour of its centroid, as an indexed PNG.</summary>
[Cmdlet(VerbsData.Export, "KMeansImage", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKMeansImageCommand : KMeansCommand
{
    private bool _written;

    /// <summary>The PNG to write; no sign of it is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The assignment of a picture's pixels, from Find-KMeansCentroid or Get-KMeansCluster -PassThru.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public KMeansAssignment InputObject { get; set; } = null!;

    /// <summary>How much time is spent on fewer bytes; the pixels are the same at each level.</summary>
    [Parameter]
    public CompressionLevel CompressionLevel { get; set; } = CompressionLevel.Optimal;

    /// <summary>Replaces a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (new SessionPaths(this, WriteError).Destination(Path) is not { } destination || !MayWrite(destination))
        {
            return;
        }

        if (!ShouldProcess(destination, $"Write {InputObject}"))
        {
            return;
        }

        var image = AssignedPicture.Of(InputObject);
        var encoder = new PngEncoder(new PngEncoderOptions { CompressionLevel = CompressionLevel });
        if (TryWatch("Writing a picture", destination, _ => WholeFile.Write(destination, Force, stream => encoder.Encode(image, stream, StopToken)), out _)
            && PassThru)
        {
            WriteObject(new FileInfo(destination));
        }
    }

    private bool MayWrite(string destination)
    {
        ErrorRecord? error = 0 switch
        {
            _ when AssignedPicture.Obstacle(InputObject) is { } reason => ErrorRecords.NotAPicture(InputObject, reason),
            _ when !destination.EndsWith(".png", StringComparison.OrdinalIgnoreCase) => ErrorRecords.DestinationNotPng(destination),
            _ when _written => ErrorRecords.DestinationShared(destination),
            _ when Directory.Exists(destination) => ErrorRecords.DestinationIsFolder(destination),
            _ when !Force && File.Exists(destination) => ErrorRecords.DestinationExists(destination),
            _ => null,
        };
        if (error is not null)
        {
            WriteError(error);
            return false;
        }

        return _written = true;
    }
}
