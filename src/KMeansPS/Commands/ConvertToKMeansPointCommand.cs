using System.Management.Automation;
using KMeansPS.Files;
using KMeansPS.Imaging.Codecs;
using KMeansPS.Pictures;
using KMeansPS.Points;

namespace KMeansPS.Commands;

/// <summary>Makes a point set of objects, arrays or numbers, or of the pixels of a picture.</summary>
[Cmdlet(VerbsData.ConvertTo, "KMeansPoint", DefaultParameterSetName = InputSet)]
[OutputType(typeof(PointSet))]
public sealed class ConvertToKMeansPointCommand : KMeansCommand
{
    private const string InputSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private RowReader? _reader;
    private PointCollector? _collector;

    /// <summary>Pictures; wildcards are expanded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Pictures, every sign of their names as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Objects, arrays or numbers, each one point; text is the path of a picture, and so is a file without -Property.</summary>
    [Parameter(Mandatory = true, ParameterSetName = InputSet, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The properties that are the coordinates; by default all that are numbers in the first object.</summary>
    [Parameter(ParameterSetName = InputSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>The property that is the weight of a point, above 0; every weight is 1 without it.</summary>
    [Parameter(ParameterSetName = InputSet)]
    [ValidateNotNullOrEmpty]
    public string? Weight { get; set; }

    /// <summary>How the columns are brought to one scale; without it a point set stays in its own.</summary>
    [Parameter]
    public ScalingMethod Scale { get; set; }

    /// <summary>The numbers that stand for a channel of a pixel: 0 to 255, or 0 to 1.</summary>
    [Parameter]
    public PixelRange PixelRange { get; set; }

    /// <summary>A picture of more pixels than this is refused before memory is taken for it.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MaxPixel { get; set; } = DecoderOptions.DefaultMaxPixels;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var paths = new SessionPaths(this, WriteError);
        switch (ParameterSetName)
        {
            case PathSet:
                ReadAll(Path.SelectMany(paths.Match));
                break;
            case LiteralPathSet:
                ReadAll(LiteralPath.SelectMany(paths.Literal));
                break;
            default:
                foreach (var item in InputItems.Of(InputObject, MyInvocation.ExpectingInput))
                {
                    Take(item, paths);
                }

                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_collector?.Gather(WriteError) is { } points)
        {
            WriteScaled(points);
        }
    }

    private void Take(PSObject item, SessionPaths paths)
    {
        switch (item.BaseObject)
        {
            case PointSet points when Property is not null:
                WriteError(ErrorRecords.PropertyOfPointSet(points));
                break;
            case PointSet points when Weight is not null:
                WriteError(ErrorRecords.WeightOfPointSet(points));
                break;
            case PointSet points:
                WriteScaled(points);
                break;
            case string path when Weight is null:
                ReadAll(paths.Match(path));
                break;
            case FileInfo file when Property is null && Weight is null:
                ReadAll(paths.Literal(file.FullName));
                break;
            default:
                _reader ??= new RowReader(Property, Property is not null, PointErrors.ReportTo(this)) { Weight = Weight };
                _collector ??= new PointCollector(_reader, keepInputs: false);
                _collector.Add(item);
                break;
        }
    }

    private void ReadAll(IEnumerable<string> files)
    {
        foreach (string file in files.TakeWhile(_ => !Stopping))
        {
            if (!TryWatch("Reading pixels", file, _ => Read(file), out var read))
            {
                continue;
            }

            foreach (string warning in read.Warnings)
            {
                WriteWarning($"{file}: {warning}");
            }

            WriteVerbose($"{file}: {read.Points}, read by {read.Decoder}.");
            WriteScaled(read.Points);
        }
    }

    private void WriteScaled(PointSet points)
    {
        bool rescale = MyInvocation.BoundParameters.ContainsKey(nameof(Scale));
        WriteObject(rescale ? Watch("Scaling points", points.ToString(), _ => points.ScaledBy(Scale, Parallel(0))) : points);
    }

    private PicturePoints Read(string file) => PicturePoints.Of(PictureReader.Read(file, MaxPixel, StopToken), PixelRange, StopToken);
}
