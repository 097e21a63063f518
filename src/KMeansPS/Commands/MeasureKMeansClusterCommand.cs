using System.Globalization;
using System.Management.Automation;
using KMeansPS.Evaluation;
using KMeansPS.Points;

namespace KMeansPS.Commands;

/// <summary>Measures how good a clustering is, or compares clusterings with different numbers of clusters.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "KMeansCluster", DefaultParameterSetName = ClusterSet)]
[OutputType(typeof(KMeansMeasure))]
public sealed class MeasureKMeansClusterCommand : PointCommand
{
    private const string ClusterSet = "Cluster";
    private const string CountSet = "K";
    private const string CentroidSet = "Centroid";
    private const string AssignmentSet = "Assignment";

    private readonly List<int> _clusters = [];
    private ClusterCollector? _runs;

    /// <summary>The numbers of clusters to compare; the points are clustered for each.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CountSet)]
    [ValidateRange(1, int.MaxValue)]
    public int[] K { get; set; } = [];

    /// <summary>The centroids; each point belongs to the nearest.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CentroidSet)]
    [CentroidArgument]
    public PointSet? Centroid { get; set; }

    /// <summary>The cluster of every point.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AssignmentSet)]
    [AssignmentArgument]
    public int[] Assignment { get; set; } = [];

    /// <summary>How the initial centroids are chosen.</summary>
    [Parameter(ParameterSetName = CountSet)]
    public SeedingMethod Method { get; set; }

    /// <summary>How many runs are done for each K from different initial centroids; the one of lowest inertia is kept.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Restart { get; set; } = 1;

    /// <summary>How much is done to find a good optimum.</summary>
    [Parameter(ParameterSetName = CountSet)]
    public KMeansEffort Effort { get; set; } = KMeansEffort.Balanced;

    /// <summary>The most rounds of assignment and update.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateRange(1, int.MaxValue)]
    public int MaxIterations { get; set; } = 300;

    /// <summary>
    /// A run has converged when the sum of the squared moves of the centroids is at most this times the mean variance
    /// of the columns; 0 asks for the fixed point.
    /// </summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateRange(0, double.MaxValue)]
    public double Tolerance { get; set; } = 0.0001;

    /// <summary>How the columns are brought to one scale before the points are clustered and measured; without it they stay in theirs.</summary>
    [Parameter(ParameterSetName = CountSet)]
    public ScalingMethod Scale { get; set; }

    /// <summary>The property that is the weight of a point, above 0; every weight is 1 without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Weight { get; set; }

    /// <summary>The seed of the sample of the silhouette, 0 by default, and of each run; without it one is drawn for the runs and reported.</summary>
    [Parameter]
    public long? Seed { get; set; }

    /// <summary>Of how many points the silhouette is computed: by default of all up to 20,000, and of 2,000 where there are more.</summary>
    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int? SampleSize { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? DefaultProperty => ParameterSetName == ClusterSet
        ? InputItems.Of(InputObject, MyInvocation.ExpectingInput).Select(item => ClusteredObject.PropertiesOf(item, Weight)).FirstOrDefault()
        : Centroid?.NamesOrNull();

    /// <inheritdoc/>
    private protected override string? WeightProperty => Weight;

    private SilhouetteOptions Options => new() { SampleSize = SampleSize, Seed = Seed ?? 0 };

    /// <inheritdoc/>
    private protected override void ProcessRow(RowReader reader, PSObject input)
    {
        if (ParameterSetName != ClusterSet)
        {
            base.ProcessRow(reader, input);
        }
        else if (input.BaseObject is KMeansCluster cluster)
        {
            (_runs ??= new ClusterCollector(Property, Weight, PointErrors.ReportTo(this))).Add(cluster);
        }
        else if (ClusteredObject.TryReadCluster(input, out int number))
        {
            foreach (object? member in ClusteredObject.ObjectsOf(input) ?? new[] { Property is null ? ClusteredObject.PointOf(input) : input })
            {
                Gather(reader, PSObject.AsPSObject(member), number);
            }
        }
        else
        {
            ThrowTerminatingError(ErrorRecords.NotClustered(input));
        }
    }

    /// <inheritdoc/>
    private protected override void Process(PointSet points, IReadOnlyList<PSObject> inputs)
    {
        switch (ParameterSetName)
        {
            case CountSet when MyInvocation.BoundParameters.ContainsKey(nameof(Scale)):
                Compare(Watch("Scaling points", points.ToString(), _ => points.ScaledBy(Scale, Parallel(ThrottleLimit))));
                break;
            case CountSet:
                Compare(points);
                break;
            case CentroidSet when Fits(points, Centroid!):
                MeasureCentroids(points, Centroid!);
                break;
            case AssignmentSet:
                MeasureClusters(points, Assignment);
                break;
            case ClusterSet when _clusters.Count == points.Count:
                MeasureClusters(points, [.. _clusters]);
                break;
            case ClusterSet:
                WriteError(ErrorRecords.NotClustered(points));
                break;
        }
    }

    /// <summary>Measures the clusters of runs, when all of them have come.</summary>
    private protected override void Finish()
    {
        foreach (var (points, result) in _runs?.Gather(WriteError) ?? [])
        {
            Write(points, Measure(points, "", parallel => ClusteringMeasures.Of(points, result, Options, parallel)));
        }
    }

    private void Gather(RowReader reader, PSObject point, int cluster)
    {
        base.ProcessRow(reader, point);
        if (GatheredCount > _clusters.Count)
        {
            _clusters.Add(cluster);
        }
    }

    private void MeasureCentroids(PointSet points, PointSet centroids)
    {
        var measure = Measure(points, "", parallel => ClusteringMeasures.Of(points, KMeans.Assign(points, centroids, parallel), Options, parallel));
        if (measure.K < centroids.Count)
        {
            WriteWarning($"{centroids.Count - measure.K} of the {centroids.Count} centroids have no points, and do not count as clusters.");
        }

        Write(points, measure);
    }

    private void MeasureClusters(PointSet points, int[] clusters)
    {
        try
        {
            Write(points, Measure(points, "", parallel => ClusteringMeasures.Of(points, clusters, Options, parallel)));
        }
        catch (ArgumentException e)
        {
            WriteError(ErrorRecords.AssignmentDiffers(e, clusters));
        }
    }

    // The knee is known when all are: then they are written.
    private void Compare(PointSet points)
    {
        int[] ascending = [.. K.Distinct().Order()];
        if (ascending[^1] > points.Count)
        {
            WriteError(ErrorRecords.KTooLarge(ascending[^1], points));
        }

        var options = new KMeansOptions
        {
            Method = Method,
            Seed = Seed ?? SeedSource.Draw(),
            MaxIterations = MaxIterations,
            Tolerance = Tolerance,
            Restarts = Restart,
            Effort = Effort,
        };
        WriteVerbose($"{points}, method {Method}, seed {options.Seed}, {Restart} run{(Restart == 1 ? "" : "s")} for each K, {ThreadsInWords(ThrottleLimit)}.");
        var rows = new List<KMeansMeasure>();
        foreach (int k in ascending.Where(k => k <= points.Count))
        {
            var measure = Compare(points, k, options);
            if (rows.Count == 0 || measure.K > rows[^1].K)
            {
                rows.Add(measure);
            }

            if (measure.K < k)
            {
                WriteWarning($"There are only {measure.K} distinct points: no row for a K above that.");
                break;
            }
        }

        int? knee = KneeOfCurve.Find([.. rows.Select(row => (double)row.K)], [.. rows.Select(row => row.Inertia)]);
        for (int i = 0; i < rows.Count; i++)
        {
            Write(points, rows[i] with { IsKnee = i == knee });
        }
    }

    private KMeansMeasure Compare(PointSet points, int k, KMeansOptions options)
    {
        var result = Watch($"Clustering, K = {k}", points.ToString(), progress => KMeans.Fit(points, k, options, Parallel(ThrottleLimit), progress));
        return Measure(points, $", K = {k}", parallel => ClusteringMeasures.Of(points, result, Options, parallel));
    }

    private KMeansMeasure Measure(PointSet points, string what, Func<ParallelOptions, KMeansMeasure> work) =>
        Watch($"Measuring{what}", points.ToString(), _ => work(Parallel(ThrottleLimit)));

    private void Write(PointSet points, KMeansMeasure measure)
    {
        if (measure.Silhouette is null)
        {
            WriteWarning(WhyNotDefined(points, measure));
        }
        else if (measure.SilhouetteSample < points.Count)
        {
            WriteVerbose(string.Create(CultureInfo.InvariantCulture,
                $"K = {measure.K}: the silhouette is that of {measure.SilhouetteSample} of the {points}, standard error {measure.SilhouetteError:G3}."));
        }

        WriteObject(measure);
    }

    private static string WhyNotDefined(PointSet points, KMeansMeasure measure) => measure.K switch
    {
        1 => "K = 1: Silhouette, CalinskiHarabasz and DaviesBouldin compare clusters, and are empty for one alone.",
        _ when measure.K >= points.Count => $"K = {measure.K}: Silhouette, CalinskiHarabasz and DaviesBouldin are not defined for as many clusters as points, and are empty.",
        _ => $"K = {measure.K}: Silhouette takes a weight as so many points at one place, and is empty since there are weights below 1. Multiply all weights by one number.",
    };
}
