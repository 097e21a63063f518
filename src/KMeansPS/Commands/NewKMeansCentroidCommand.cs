using System.Management.Automation;

namespace KMeansPS.Commands;

/// <summary>Chooses K initial centroids among the points.</summary>
[Cmdlet(VerbsCommon.New, "KMeansCentroid")]
[OutputType(typeof(KMeansCentroid))]
public sealed class NewKMeansCentroidCommand : PointCommand
{
    /// <summary>How many centroids to choose, 1 to the number of points.</summary>
    [Parameter(Mandatory = true)]
    [ValidateRange(1, int.MaxValue)]
    public int K { get; set; }

    /// <summary>How they are chosen.</summary>
    [Parameter]
    public SeedingMethod Method { get; set; }

    /// <summary>The seed of the random choice; without it one is drawn and reported in the property Seed.</summary>
    [Parameter]
    public long? Seed { get; set; }

    /// <summary>The property that is the weight of a point, above 0; every weight is 1 without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Weight { get; set; }

    /// <inheritdoc/>
    private protected override string? WeightProperty => Weight;

    /// <inheritdoc/>
    private protected override void Process(PointSet points, IReadOnlyList<PSObject> inputs)
    {
        if (K > points.Count)
        {
            WriteError(ErrorRecords.KTooLarge(K, points));
            return;
        }

        long seed = Seed ?? SeedSource.Draw();
        WriteVerbose($"{K} centroids of {points}, method {Method}, seed {seed}, {ThreadsInWords(ThrottleLimit)}.");
        var options = new KMeansOptions { Method = Method, Seed = seed };
        var centroids = Watch("Choosing initial centroids", points.ToString(), _ => KMeans.Seed(points, K, options, Parallel(ThrottleLimit)));
        if (centroids.Count < K)
        {
            WriteWarning($"There are only {centroids.Count} distinct points: {centroids.Count} centroids instead of {K}.");
        }

        // What a person sees is in the user's units; the next step scales it again where its points are scaled.
        centroids = centroids.ScaledAs(null);
        for (int cluster = 0; cluster < centroids.Count; cluster++)
        {
            var centroid = PSObject.AsPSObject(new KMeansCentroid(cluster, centroids.GetPoint(cluster), 0));
            centroid.Properties.Add(new PSNoteProperty("Seed", seed));
            WriteObject(centroid);
        }
    }
}
