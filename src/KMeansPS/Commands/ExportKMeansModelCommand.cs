using System.Management.Automation;
using KMeansPS.Files;
using KMeansPS.Imaging.Compression;
using KMeansPS.PointFiles;
using KMeansPS.Points;

namespace KMeansPS.Commands;

/// <summary>Writes a model to a JSON file that a person can read.</summary>
[Cmdlet(VerbsData.Export, "KMeansModel", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKMeansModelCommand : KMeansCommand
{
    private KMeansModel? _latest;
    private bool _written;

    /// <summary>The file to write; no sign of it is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The model, or clusters of it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Model")]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Replaces a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object? item in LanguagePrimitives.GetEnumerable(InputObject.BaseObject) ?? new[] { InputObject })
        {
            if (ModelArgumentAttribute.ModelOf(item) is not { } model)
            {
                WriteError(ErrorRecords.NotAModel(item));
            }
            else if (!ReferenceEquals(model, _latest))
            {
                _latest = model;
                Write(model);
            }
        }
    }

    private void Write(KMeansModel model)
    {
        if (new SessionPaths(this, WriteError).Destination(Path) is not { } destination || !MayWrite(destination))
        {
            return;
        }

        _written = true;
        if (ShouldProcess(destination, $"Write {model}")
            && TryWatch("Writing a model", destination, _ => WholeFile.Write(destination, Force, stream => ModelFile.Write(stream, model, StopToken)), out _)
            && PassThru)
        {
            WriteObject(new FileInfo(destination));
        }
    }

    private bool MayWrite(string destination)
    {
        ErrorRecord? error = 0 switch
        {
            _ when _written => ErrorRecords.DestinationShared(destination),
            _ when Directory.Exists(destination) || System.IO.Path.EndsInDirectorySeparator(destination) => ErrorRecords.DestinationIsFolder(destination),
            _ when !Force && File.Exists(destination) => ErrorRecords.DestinationExists(destination),
            _ => null,
        };
        if (error is not null)
        {
            WriteError(error);
        }

        return error is null;
    }
}
