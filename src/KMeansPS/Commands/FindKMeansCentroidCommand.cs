using System.Collections.Concurrent;
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

        if (Model is not null && !HaveSameColumns(points.ColumnName, Model))
        {
            WriteError(ErrorRecords.ColumnsDiffer(points, points.ColumnName, Model));
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

    /// <summary>Answers a stream batch by batch, so that no more than one batch is held: one assignment each, in the order of the points.</summary>
    private protected override void Process(PointSource points)
    {
        var refusal = points.Dimension != Target.Dimension ? ErrorRecords.DimensionDiffers(points, Target)
            : Model is not null && !HaveSameColumns(points.ColumnName, Model) ? ErrorRecords.ColumnsDiffer(points, points.ColumnName, Model)
            : null;
        if (refusal is not null)
        {
            WriteError(refusal);
            return;
        }

        var search = SearchWith(Parallel(ThrottleLimit));
        var faults = new ConcurrentQueue<string>();
        using var batches = points.ReadAll(faults.Enqueue, StopToken).GetEnumerator();
        bool more = true;
        while (more && !Stopping)
        {
            KMeansAssignment? nearest = null;
            try
            {
                nearest = Watch("Finding the nearest centroids", points.Name, _ => batches.MoveNext() ? search(batches.Current) : null);
            }
            catch (Exception e) when (e is not (RuntimeException or OperationCanceledException))
            {
                WriteError(e is ArgumentException value ? ErrorRecords.ValueTooLarge(value) : ErrorRecords.OfFile(e, points.Name));
            }

            while (faults.TryDequeue(out string? fault))
            {
                WriteError(ErrorRecords.PointSourceRowBroken(points, fault));
            }

            more = nearest is not null;
            if (more)
            {
                WriteObject(nearest);
            }
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

    private static bool HaveSameColumns(IReadOnlyList<string> columns, KMeansModel model) =>
        columns.Count == 0 || model.ColumnName.Count == 0 || columns.SequenceEqual(model.ColumnName, StringComparer.OrdinalIgnoreCase);
}
