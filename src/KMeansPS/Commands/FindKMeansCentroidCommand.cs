using System.Management.Automation;
using KMeansPS.Points;

namespace KMeansPS.Commands;

/// <summary>Finds the nearest centroid of every point, and how far it is.</summary>
[Cmdlet(VerbsCommon.Find, "KMeansCentroid")]
[OutputType(typeof(KMeansAssignment), typeof(PSObject))]
public sealed class FindKMeansCentroidCommand : PointCommand
{
    private KMeans<double>? _search;

    /// <summary>The centroids, or a model whose centroids they are.</summary>
    [Parameter(Mandatory = true)]
    [CentroidArgument]
    public PointSet Centroid { get; set; } = null!;

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? DefaultProperty => Centroid.NamesOrNull();

    /// <inheritdoc/>
    private protected override void Process(PointSet points, IReadOnlyList<PSObject> inputs)
    {
        if (Fits(points, Centroid))
        {
            WriteObject(Watch("Finding the nearest centroids", points.ToString(), _ => KMeans.Assign(points, Centroid, Parallel(ThrottleLimit))));
        }
    }

    /// <summary>Answers each object at once.</summary>
    private protected override void ProcessRow(RowReader reader, PSObject input)
    {
        if (LabeledObject.Clash(input) is { } clash)
        {
            ThrowTerminatingError(ErrorRecords.PropertyExists(input, clash));
        }

        if (!reader.TryRead(input, out var row))
        {
            return;
        }

        PointSet<double> point;
        try
        {
            point = new PointSet<double>(row.ToArray(), row.Length);
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorRecords.ValueTooLarge(e));
            return;
        }

        if (Fits(point, Centroid))
        {
            _search ??= new KMeans<double>(null, new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = StopToken });
            var nearest = _search.Assign(point, Centroid.ToPrecision<double>());
            WriteObject(LabeledObject.Of(input, nearest.Cluster[0], nearest.Distance[0]));
        }
    }
}
