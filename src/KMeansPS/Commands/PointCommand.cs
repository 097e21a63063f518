using System.Management.Automation;
using KMeansPS.Points;

namespace KMeansPS.Commands;

/// <summary>
/// What the cmdlets over points share. Each point set that comes is a job of its own; objects, arrays and numbers are
/// gathered and make one job together.
/// </summary>
public abstract class PointCommand : KMeansCommand
{
    private RowReader? _reader;
    private PointCollector? _collector;
    private bool _sawInput;

    /// <summary>A point set, or objects, arrays or numbers, each of them one point.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The properties that are the coordinates; by default all that are numbers in the first object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>The most threads to use; 0, the default, for all cores.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ThrottleLimit { get; set; }

    /// <summary>The properties to read where <see cref="Property"/> is missing; null for all that are numbers in the first object.</summary>
    private protected virtual IReadOnlyList<string>? DefaultProperty => null;

    /// <summary>The property that is the weight of a point; null where every weight is 1, or where weights do not matter.</summary>
    private protected virtual string? WeightProperty => null;

    /// <summary>Whether the objects that the points came from are needed at the end.</summary>
    private protected virtual bool KeepInputs => false;

    /// <summary>How many objects have been gathered as points.</summary>
    private protected int GatheredCount => _collector?.Count ?? 0;

    /// <summary>Does the job of one point set.</summary>
    /// <param name="points">n points.</param>
    /// <param name="inputs">The n objects that they came from; empty where a point set came, or they are not kept.</param>
    private protected abstract void Process(PointSet points, IReadOnlyList<PSObject> inputs);

    /// <summary>Does what is left when all input has come.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>Does the job of one stream of points, where it can be done batch by batch.</summary>
    private protected virtual void Process(PointSource points) => WriteError(ErrorRecords.PointSourceNotTaken(points));

    /// <summary>Looks at one object before it is gathered.</summary>
    private protected virtual void ProcessRow(RowReader reader, PSObject input) => (_collector ??= new PointCollector(reader, KeepInputs)).Add(input);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (var item in InputItems.Of(InputObject, MyInvocation.ExpectingInput))
        {
            if (Stopping)
            {
                return;
            }

            _sawInput = true;
            if (item.BaseObject is PointSet points)
            {
                ProcessPointSet(points);
            }
            else if (item.BaseObject is PointSource source)
            {
                ProcessSource(source);
            }
            else
            {
                ProcessRow(_reader ??= new RowReader(Property ?? DefaultProperty, Property is not null, PointErrors.ReportTo(this)) { Weight = WeightProperty }, item);
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (!_sawInput)
        {
            WriteError(ErrorRecords.NoPoint());
        }
        else if (_collector?.Gather(WriteError) is { } points)
        {
            Process(points, _collector.Inputs);
        }

        Finish();
    }

    private void ProcessSource(PointSource points)
    {
        if (Property is not null)
        {
            WriteError(ErrorRecords.PropertyOfPointSource(points));
        }
        else if (WeightProperty is not null)
        {
            WriteError(ErrorRecords.WeightOfPointSet(points));
        }
        else
        {
            Process(points);
        }
    }

    private void ProcessPointSet(PointSet points)
    {
        if (Property is not null)
        {
            WriteError(ErrorRecords.PropertyOfPointSet(points));
        }
        else if (WeightProperty is not null)
        {
            WriteError(ErrorRecords.WeightOfPointSet(points));
        }
        else
        {
            Process(points, []);
        }
    }

    /// <summary>Whether centroids fit the points; writes the error where they do not.</summary>
    private protected bool Fits(PointSet points, PointSet centroids)
    {
        if (points.Dimension == centroids.Dimension)
        {
            return true;
        }

        WriteError(ErrorRecords.DimensionDiffers(points, centroids));
        return false;
    }
}
