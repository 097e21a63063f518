using System.Management.Automation;
using KMeansPS.Points;

namespace KMeansPS.Commands;

/// <summary>Moves every centroid to the mean of the points of its cluster: one step of the loop.</summary>
[Cmdlet(VerbsData.Update, "KMeansCentroid")]
[OutputType(typeof(KMeansCentroid))]
public sealed class UpdateKMeansCentroidCommand : PointCommand
{
    /// <summary>The cluster of every point.</summary>
    [Parameter(Mandatory = true)]
    [AssignmentArgument]
    public int[] Assignment { get; set; } = [];

    /// <summary>The centroids until now: their number is K, and a cluster without points keeps its own.</summary>
    [Parameter(Mandatory = true)]
    [CentroidArgument]
    public PointSet Centroid { get; set; } = null!;

    /// <summary>The property that is the weight of a point, above 0; every weight is 1 without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Weight { get; set; }

    /// <inheritdoc/>
    private protected override string? WeightProperty => Weight;

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? DefaultProperty => Centroid.NamesOrNull();

    /// <inheritdoc/>
    private protected override void Process(PointSet points, IReadOnlyList<PSObject> inputs)
    {
        if (!Fits(points, Centroid))
        {
            return;
        }

        KMeansUpdate update;
        try
        {
            update = Watch("Updating centroids", points.ToString(), _ => KMeans.Update(points, Assignment, Centroid, Parallel(ThrottleLimit)));
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorRecords.AssignmentDiffers(e, Assignment));
            return;
        }

        for (int cluster = 0; cluster < update.Counts.Length; cluster++)
        {
            WriteObject(new KMeansCentroid(cluster, update.Centroids.GetPoint(cluster), update.Counts[cluster]));
        }
    }
}
