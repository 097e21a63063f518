using System.Diagnostics;
using KMeansPS.Cli.Output;
using KMeansPS.PointFiles;

namespace KMeansPS.Cli.Commands;

/// <summary>Here the clustering of a file that is read batch by batch.</summary>
internal sealed partial class ClusterRun
{
    /// <summary>How mini-batches are made; null where all points are held at once.</summary>
    internal required MiniBatchOptions? MiniBatch { get; init; }

    /// <summary>How well the sample is clustered that mini-batches start from.</summary>
    internal required KMeansEffort SampleEffort { get; init; }

    private int ExecuteMiniBatch(MiniBatchOptions options, bool json)
    {
        if (Try(File, _ => PointFile.OpenSource(File, Reading, Parallel.CancellationToken)) is not { } points)
        {
            return ExitCode.InputFailed;
        }

        PointSet? initial = null;
        if (Centroids is not null)
        {
            initial = Read(Centroids, Reading with { Column = points.ColumnName, Weight = null, AllowUnnamed = true });
            if (initial is null)
            {
                return ExitCode.InputFailed;
            }

            if (initial.Dimension != points.Dimension)
            {
                Messages.Write(File, $"The points have {points.Dimension} dimensions, the centroids in {Centroids} have {initial.Dimension}.");
                return ExitCode.InputFailed;
            }
        }

        var watch = Stopwatch.StartNew();
        if (Try(File, report => Fit(points, initial, options with { OnFault = report, Start = Clustering with { Effort = SampleEffort } })) is not { } model)
        {
            return ExitCode.InputFailed;
        }

        var elapsed = watch.Elapsed;
        if (!Write(Out, (stream, format) => PointFileWriter.Write(stream, format, model.Centroids, Parallel.CancellationToken))
            || !WriteModel(model))
        {
            return ExitCode.InputFailed;
        }

        Print(model.Counts.Sum(), points.ElementType, model, elapsed, json);
        return _faults == 0 ? ExitCode.Success : ExitCode.InputFailed;
    }

    private KMeansModel? Fit(PointSource points, PointSet? initial, MiniBatchOptions options)
    {
        try
        {
            return initial is null
                ? MiniBatchKMeans.Fit(points, K!.Value, options, Parallel)
                : MiniBatchKMeans.Fit(points, initial, options, Parallel);
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "k")
        {
            Messages.Write(File, $"{initial?.Count ?? K} clusters are more than there are points.");
            return null;
        }
    }
}
