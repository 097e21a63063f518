using System.Management.Automation;
using KMeansPS.Points;

namespace KMeansPS.Commands;

/// <summary>Finds the nearest centroid of every point, and how far it is.</summary>
[Cmdlet(VerbsCommon.Find, "KMeansCentroid", DefaultParameterSetName = CentroidSet)]
[OutputType(typeof(KMeansAssignment), typeof(PSObject))]
public sealed class FindKMeansCentroidCommand : PointCommand
{
    private const string CentroidSet = "Centroid";
    private const string ModelSet = "Model";

    private Func<PointSet, KMeansAssignment>? _search;

    /// <summary>The centroids, or a model whose centroids they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CentroidSet)]
    [CentroidArgument]
    public PointSet Centroid { get; set; } = null!;

    /// <summary>The model, or clusters of it: its columns are read, and points are scaled and rounded as its own were.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ModelSet)]
    [ModelArgument]
    public KMeansModel? Model { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? DefaultProperty => Target.NamesOrNull();

    private PointSet Target => Model?.ScaledCentroids ?? Centroid;

    /// <inheritdoc/>
    private protected override void Process(PointSet points, IReadOnlyList<PSObject> inputs)
    {
        if (!Fits(points, Target))
        {
            return;
        }

        if (Model is not null && !HaveSameColumns(points, Model))
        {
            WriteError(ErrorRecords.ColumnsDiffer(points, Model));
            return;
        }

        try
        {
            WriteObject(Watch("Finding the nearest centroids", points.ToString(), _ => SearchWith(Parallel(ThrottleLimit))(points)));
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorRecords.ValueTooLarge(e));
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

        try
        {
            var point = new PointSet<double>(row.ToArray(), row.Length);
            if (Fits(point, Target))
            {
                _search ??= SearchWith(new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = StopToken });
                var nearest = _search(point);
                WriteObject(LabeledObject.Of(input, nearest.Cluster[0], nearest.Distance[0]));
            }
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorRecords.ValueTooLarge(e));
        }
    }

    // Points come to the precision of a model, since the run that it comes from rounded its own to it; centroids come
    // to that of the points.
    private Func<PointSet, KMeansAssignment> SearchWith(ParallelOptions parallel)
    {
        var target = Target;
        if (Model is null)
        {
            return points => KMeans.Assign(points, target, parallel);
        }

        if (target is PointSet<float> single)
        {
            var search = new KMeans<float>(null, parallel);
            return points => search.Assign(points.ToPrecision<float>(), single);
        }

        var full = target.ToPrecision<double>();
        var fullSearch = new KMeans<double>(null, parallel);
        return points => fullSearch.Assign(points.ToPrecision<double>(), full);
    }

    private static bool HaveSameColumns(PointSet points, KMeansModel model) =>
        points.ColumnName.Count == 0 || model.ColumnName.Count == 0 || points.ColumnName.SequenceEqual(model.ColumnName, StringComparer.OrdinalIgnoreCase);
}
