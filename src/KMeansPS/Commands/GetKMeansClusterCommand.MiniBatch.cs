using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;

namespace KMeansPS.Commands;

/// <summary>Here the clustering of what is read batch by batch.</summary>
public sealed partial class GetKMeansClusterCommand
{
    private const int MostFaultsShown = 1000;
    private const int SamplesThatPay = 8;

    /// <summary>
    /// Clusters by mini-batches: for points that do not fit into memory, and faster where there are very many. Takes the
    /// streams of Import-KMeansPoint -Stream too.
    /// </summary>
    [Parameter]
    public SwitchParameter MiniBatch { get; set; }

    /// <summary>Points a batch; by default what makes about a million values.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int BatchSize { get; set; }

    /// <summary>How often the points are read at the most: 1 gives the centroids of a sample, and estimates for figures.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxPasses { get; set; } = new MiniBatchOptions().Passes;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (string parameter in (string[])[nameof(BatchSize), nameof(MaxPasses)])
        {
            if (!MiniBatch && MyInvocation.BoundParameters.ContainsKey(parameter))
            {
                ThrowTerminatingError(ErrorRecords.MiniBatchMissing(parameter));
            }
        }

        if (MiniBatch && Trace)
        {
            ThrowTerminatingError(ErrorRecords.TraceOfMiniBatch());
        }
    }

    /// <inheritdoc/>
    private protected override void Process(PointSource points)
    {
        var refusal = !MiniBatch ? ErrorRecords.PointSourceNeedsMiniBatch(points)
            : PassThru ? ErrorRecords.PassThruOfPointSource(points)
            : Centroid is not null && Centroid.Dimension != points.Dimension ? ErrorRecords.DimensionDiffers(points, Centroid)
            : null;
        if (refusal is not null)
        {
            WriteError(refusal);
            return;
        }

        int k = Centroid?.Count ?? K;
        var faults = new ConcurrentQueue<string>();
        long faultCount = 0;
        KMeansModel? model = null;
        ErrorRecord? error = null;
        try
        {
            bool rescale = MyInvocation.BoundParameters.ContainsKey(nameof(Scale));
            model = FitMiniBatch(points, k, rescale ? Centroid?.ScaledAs(null) : Centroid, fault =>
            {
                if (++faultCount <= MostFaultsShown)
                {
                    faults.Enqueue(fault);
                }
            });
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "k")
        {
            error = ErrorRecords.KTooLarge(k, points);
        }
        catch (Exception e) when (e is not RuntimeException)
        {
            error = ErrorRecords.OfFile(e, points.Name);
        }

        if (faultCount > MostFaultsShown)
        {
            faults.Enqueue($"{faultCount - MostFaultsShown} more rows are left out.");
        }

        foreach (string fault in faults)
        {
            WriteError(ErrorRecords.PointSourceRowBroken(points, fault));
        }

        if (error is not null)
        {
            WriteError(error);
        }

        for (int cluster = 0; cluster < model?.K; cluster++)
        {
            WriteObject(new KMeansCluster(model, cluster, []));
        }
    }

    // Points that are in memory anyway are told which cluster is theirs. A run over all of them costs less than a sample
    // and passes, unless they are far more than the sample.
    private KMeansResult FitMiniBatch(PointSet points, int k, PointSet? initial)
    {
        int sampled = new MiniBatchOptions().SampleSizeFor(points.Dimension, k);
        bool isAsked = BatchSize != 0 || MyInvocation.BoundParameters.ContainsKey(nameof(MaxPasses));
        if (!isAsked && points.Count / SamplesThatPay <= sampled)
        {
            WriteVerbose($"{points} are in memory, and no more than {SamplesThatPay} samples of {sampled}: clustered as without -MiniBatch, which costs less.");
            return Fit(points, k, initial);
        }

        points = points.ScaledAs(points.Scaling ?? initial?.Scaling, Parallel(ThrottleLimit));
        var model = FitMiniBatch(PointSource.Of(points), k, initial, onFault: null);
        var nearest = Watch("Finding the nearest centroids", points.ToString(), _ =>
            KMeans.Assign(points, model.ScaledCentroids, Parallel(ThrottleLimit)));
        return new KMeansResult(model, nearest.Cluster);
    }

    private KMeansModel FitMiniBatch(PointSource points, int k, PointSet? initial, Action<string>? onFault)
    {
        var options = new MiniBatchOptions
        {
            BatchSize = BatchSize == 0 ? null : BatchSize,
            Passes = MaxPasses,
            OnFault = onFault,
            Scale = Scale, // of no consequence for points that are scaled already
            Start = new KMeansOptions
            {
                Method = Method,
                Seed = Seed ?? (initial is null ? SeedSource.Draw() : 0),
                MaxIterations = MaxIterations,
                Tolerance = Tolerance,
                Restarts = Restart,
                Algorithm = Algorithm,
                Effort = MyInvocation.BoundParameters.ContainsKey(nameof(Effort)) ? Effort : KMeansEffort.Best,
            },
        };
        string start = initial is null ? $"method {Method}, seed {options.Start.Seed}" : "from the given centroids";
        WriteVerbose($"{k} clusters of {points} by mini-batches, {start}, at most {MaxPasses} pass{(MaxPasses == 1 ? "" : "es")}, tolerance {Tolerance.ToString(CultureInfo.InvariantCulture)}, effort {options.Start.Effort} in the sample, scale {(Scale == ScalingMethod.None ? Scale : $"{Scale} as the first pass finds it")}, {ThreadsInWords(ThrottleLimit)}.");
        var model = WatchBatches("Clustering", points.Name, progress => initial is null
            ? MiniBatchKMeans.Fit(points, k, options, Parallel(ThrottleLimit), progress)
            : MiniBatchKMeans.Fit(points, initial, options, Parallel(ThrottleLimit), progress));
        WriteVerbose($"{model}, {model.Iterations} iterations, {(model.IsEstimate ? "estimated from a sample" : model.Converged ? "converged" : "stopped by -MaxPasses")}.");
        if (model.K < k)
        {
            WriteWarning($"There are only {model.K} distinct points in the sample: {model.K} clusters instead of {k}.");
        }

        return model;
    }
}
