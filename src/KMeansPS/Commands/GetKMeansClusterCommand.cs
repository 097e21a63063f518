using System.Globalization;
using System.Management.Automation;
using KMeansPS.Points;

namespace KMeansPS.Commands;

/// <summary>Clusters points: the whole run of k-means.</summary>
[Cmdlet(VerbsCommon.Get, "KMeansCluster", DefaultParameterSetName = CountSet)]
[OutputType(typeof(KMeansCluster))]
[OutputType(typeof(KMeansAssignment), typeof(PSObject))]
public sealed partial class GetKMeansClusterCommand : PointCommand
{
    private const string CountSet = "K";
    private const string CentroidSet = "Centroid";

    /// <summary>How many clusters, 1 to the number of points.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CountSet)]
    [ValidateRange(1, int.MaxValue)]
    public int K { get; set; }

    /// <summary>The centroids from which the run starts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CentroidSet)]
    [CentroidArgument]
    public PointSet? Centroid { get; set; }

    /// <summary>How the initial centroids are chosen.</summary>
    [Parameter(ParameterSetName = CountSet)]
    public SeedingMethod Method { get; set; }

    /// <summary>The seed of the random choices; without it one is drawn and reported in the model.</summary>
    [Parameter(ParameterSetName = CountSet)]
    public long? Seed { get; set; }

    /// <summary>How many runs are done from different initial centroids; the one of lowest inertia is kept.</summary>
    [Parameter(ParameterSetName = CountSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Restart { get; set; } = 1;

    /// <summary>How much is done to find a good optimum.</summary>
    [Parameter]
    public KMeansEffort Effort { get; set; } = KMeansEffort.Balanced;

    /// <summary>The most rounds of assignment and update.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxIterations { get; set; } = 300;

    /// <summary>
    /// The run has converged when the sum of the squared moves of the centroids is at most this times the mean variance
    /// of the columns; 0 asks for the fixed point.
    /// </summary>
    [Parameter]
    [ValidateRange(0, double.MaxValue)]
    public double Tolerance { get; set; } = 0.0001;

    /// <summary>The property that is the weight of a point, above 0; every weight is 1 without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Weight { get; set; }

    /// <summary>How the columns are brought to one scale; without it points stay in theirs, and follow that of the model whose centroids are given.</summary>
    [Parameter]
    public ScalingMethod Scale { get; set; }

    /// <summary>How the nearest centroids are found: of consequence for the time alone.</summary>
    [Parameter]
    public KMeansAlgorithm Algorithm { get; set; }

    /// <summary>Keeps every step of the run in the model.</summary>
    [Parameter]
    public SwitchParameter Trace { get; set; }

    /// <summary>Gives the input back, with the Cluster and the Distance of each, instead of the clusters.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? DefaultProperty => Centroid?.NamesOrNull();

    /// <inheritdoc/>
    private protected override string? WeightProperty => Weight;

    /// <inheritdoc/>
    private protected override bool KeepInputs => true;

    /// <inheritdoc/>
    private protected override void ProcessRow(RowReader reader, PSObject input)
    {
        if (PassThru && LabeledObject.Clash(input) is { } clash)
        {
            ThrowTerminatingError(ErrorRecords.PropertyExists(input, clash));
        }

        base.ProcessRow(reader, input);
    }

    /// <inheritdoc/>
    private protected override void Process(PointSet points, IReadOnlyList<PSObject> inputs)
    {
        int k = Centroid?.Count ?? K;
        if (k > points.Count)
        {
            WriteError(ErrorRecords.KTooLarge(k, points));
            return;
        }

        if (Centroid is not null && !Fits(points, Centroid))
        {
            return;
        }

        bool rescale = MyInvocation.BoundParameters.ContainsKey(nameof(Scale));
        var initial = rescale ? Centroid?.ScaledAs(null) : Centroid;
        var scaled = rescale ? Watch("Scaling points", points.ToString(), _ => points.ScaledBy(Scale, Parallel(ThrottleLimit))) : points;
        var result = MiniBatch ? FitMiniBatch(scaled, k, initial) : Fit(scaled, k, initial);
        if (!PassThru)
        {
            WriteClusters(points, inputs, result);
            return;
        }

        var nearest = Watch("Finding the nearest centroids", points.ToString(), _ => KMeans.Assign(scaled, result.Model.ScaledCentroids, Parallel(ThrottleLimit)));
        if (inputs.Count == 0)
        {
            WriteObject(nearest);
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            WriteObject(LabeledObject.Of(inputs[i], nearest.Cluster[i], nearest.Distance[i]));
        }
    }

    private KMeansResult Fit(PointSet points, int k, PointSet? initial)
    {
        // With given centroids chance has a say in the samples of -Effort alone, and no seed is reported: it is always the same.
        long seed = Seed ?? (initial is null ? SeedSource.Draw() : 0);
        string start = initial is null ? $"method {Method}, seed {seed}, {Restart} run{(Restart == 1 ? "" : "s")}" : "from the given centroids";
        WriteVerbose($"{k} clusters of {points}, {start}, at most {MaxIterations} iterations, tolerance {Tolerance.ToString(CultureInfo.InvariantCulture)}, {ThreadsInWords(ThrottleLimit)}.");
        WriteVerbose($"Effort {Effort}, algorithm {KMeans.AlgorithmFor(points, k, Algorithm)}{(Algorithm == KMeansAlgorithm.Auto ? $" for {k} clusters of such points" : "")}, scale {points.Scaling ?? initial?.Scaling ?? (object)ScalingMethod.None}.");
        var options = new KMeansOptions
        {
            Method = Method,
            Seed = seed,
            MaxIterations = MaxIterations,
            Tolerance = Tolerance,
            Restarts = Restart,
            Effort = Effort,
            Algorithm = Algorithm,
            Trace = Trace,
        };
        var result = Watch("Clustering", points.ToString(), progress => initial is null
            ? KMeans.Fit(points, k, options, Parallel(ThrottleLimit), progress)
            : KMeans.Fit(points, initial, options, Parallel(ThrottleLimit), progress));
        var model = result.Model;
        WriteVerbose($"{model}, {model.Iterations} iterations, {(model.Converged ? "converged" : "stopped by -MaxIterations")}.");
        if (model.K < k)
        {
            WriteWarning($"There are only {model.K} distinct points: {model.K} clusters instead of {k}.");
        }

        return result;
    }

    private void WriteClusters(PointSet points, IReadOnlyList<PSObject> inputs, KMeansResult result)
    {
        // Counted, since the model of a single pass over mini-batches has estimates.
        var filled = new int[result.Model.K];
        foreach (int cluster in result.Cluster)
        {
            filled[cluster]++;
        }

        var members = Array.ConvertAll(filled, count => new int[count]);
        Array.Clear(filled);
        for (int i = 0; i < result.Cluster.Length; i++)
        {
            int cluster = result.Cluster[i];
            members[cluster][filled[cluster]++] = i;
        }

        for (int cluster = 0; cluster < members.Length; cluster++)
        {
            IReadOnlyList<object> group = inputs.Count == 0
                ? new PointSelection(points, members[cluster])
                : Array.ConvertAll(members[cluster], i => (object)inputs[i]);
            WriteObject(new KMeansCluster(result.Model, cluster, group));
        }
    }
}
