using System.Diagnostics;
using KMeansPS.Cli.Json;
using KMeansPS.Cli.Output;
using KMeansPS.Imaging.Compression;
using KMeansPS.PointFiles;

namespace KMeansPS.Cli.Commands;

/// <summary>One run of <c>cluster</c>.</summary>
internal sealed partial class ClusterRun
{
    private const int MostFaultsShown = 10;

    private long _faults;

    internal required string File { get; init; }

    internal required PointFileOptions Reading { get; init; }

    internal required int? K { get; init; }

    internal required string? Centroids { get; init; }

    internal required KMeansOptions Clustering { get; init; }

    internal required string? Labels { get; init; }

    internal required string? Out { get; init; }

    internal required string? Model { get; init; }

    internal required ScalingMethod Scale { get; init; }

    internal required bool Replace { get; init; }

    internal required ParallelOptions Parallel { get; init; }

    /// <summary>Does the run.</summary>
    /// <returns>The exit code.</returns>
    internal int Execute(bool json)
    {
        // What cannot be written is said before the work and not after it.
        if (!MayWrite(Labels) || !MayWrite(Out) || !MayWrite(Model) || AnyAreSame())
        {
            return ExitCode.InputFailed;
        }

        if (MiniBatch is not null)
        {
            return ExecuteMiniBatch(MiniBatch, json);
        }

        if (Read(File, Reading) is not { } points)
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
        }

        if (!Fits(points, initial))
        {
            return ExitCode.InputFailed;
        }

        var watch = Stopwatch.StartNew();
        points = points.ScaledBy(Scale, Parallel);
        var result = initial is null
            ? KMeans.Fit(points, K!.Value, Clustering, Parallel)
            : KMeans.Fit(points, initial, Clustering, Parallel);
        var elapsed = watch.Elapsed;
        if (!Write(Labels, (stream, format) => PointFileWriter.WriteLabels(stream, format, result.Cluster, Parallel.CancellationToken))
            || !Write(Out, (stream, format) => PointFileWriter.Write(stream, format, result.Model.Centroids, Parallel.CancellationToken))
            || !WriteModel(result.Model))
        {
            return ExitCode.InputFailed;
        }

        Print(points.Count, points.ElementType, result.Model, elapsed, json);
        return _faults == 0 ? ExitCode.Success : ExitCode.InputFailed;
    }

    private PointSet? Read(string file, PointFileOptions reading) =>
        Try(file, report => PointFile.Read(file, reading with { OnFault = fault => report(fault.Message) }, Parallel.CancellationToken));

    // Does what a file may be unfit for. Of the rows that are left out the first are told one by one.
    private T? Try<T>(string file, Func<Action<string>, T?> work)
        where T : class
    {
        long faults = 0;
        void Report(string fault)
        {
            if (++faults <= MostFaultsShown)
            {
                Messages.Write(file, fault);
            }
        }

        T? result = null;
        try
        {
            result = work(Report);
        }
        catch (Exception e) when (InputFault.Describe(file, e) is { } fault)
        {
            Messages.Write(file, fault);
        }

        if (faults > MostFaultsShown)
        {
            Messages.Write(file, $"{Figures.Count(faults - MostFaultsShown)} more rows are left out.");
        }

        _faults += faults;
        return result;
    }

    private bool Fits(PointSet points, PointSet? initial)
    {
        int k = initial?.Count ?? K!.Value;
        string? fault = initial is not null && initial.Dimension != points.Dimension
            ? $"The points have {points.Dimension} dimensions, the centroids in {Centroids} have {initial.Dimension}."
            : k > points.Count ? $"{k} clusters are more than there are points: {points.Count}." : null;
        if (fault is not null)
        {
            Messages.Write(File, fault);
        }

        return fault is null;
    }

    private bool MayWrite(string? file)
    {
        if (file is null)
        {
            return true;
        }

        string path = Path.GetFullPath(file);
        string? fault = AreSame(path, File) || AreSame(path, Centroids) ? "This file is a source, and a source is never replaced."
            : Directory.Exists(path) ? "This is a folder; name a file."
            : !Replace && System.IO.File.Exists(path) ? "The file exists already; use --force to replace it."
            : null;
        if (fault is not null)
        {
            Messages.Write(file, fault);
        }

        return fault is null;
    }

    private static bool AreSame(string? first, string? second) => first is not null && second is not null
        && string.Equals(Path.GetFullPath(first), Path.GetFullPath(second), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private bool AnyAreSame()
    {
        foreach (var (first, second, what) in ((string?, string?, string)[])[(Labels, Out, "Labels and centroids"), (Labels, Model, "Labels and the model"), (Out, Model, "Centroids and the model")])
        {
            if (AreSame(first, second))
            {
                Messages.Write(first!, $"{what} would go to this one file.");
                return true;
            }
        }

        return false;
    }

    private bool WriteModel(KMeansModel model) => Write(Model, stream => ModelFile.Write(stream, model, Parallel.CancellationToken));

    private bool Write(string? file, Action<Stream, PointFileFormat> write) => Write(file, stream => write(stream, PointFileWriter.FormatOf(file!)));

    private bool Write(string? file, Action<Stream> write)
    {
        try
        {
            if (file is not null)
            {
                WholeFile.Write(Path.GetFullPath(file), Replace, write);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Messages.Write(file!, $"The file cannot be written: {e.Message}");
            return false;
        }
    }

    private void Print(long count, Type elementType, KMeansModel model, TimeSpan elapsed, bool json)
    {
        if (model.K < model.RequestedK)
        {
            Messages.Write(File, $"Warning: {model.RequestedK} clusters were asked for, but there are only {model.K} distinct points{(MiniBatch is null ? "" : " in the sample")}.");
        }

        var report = new ClusterReport
        {
            File = File,
            Points = count,
            Dimension = model.Dimension,
            Precision = elementType == typeof(float) ? "single" : "double",
            RowsLeftOut = _faults,
            K = model.K,
            RequestedK = model.RequestedK,
            Inertia = model.Inertia,
            Iterations = model.Iterations,
            Converged = model.Converged,
            IsEstimate = model.IsEstimate,
            Scale = (model.Scaling?.Method ?? ScalingMethod.None).ToString().ToLowerInvariant(),
            Seed = model.Seed,
            Seconds = elapsed.TotalSeconds,
            Columns = model.ColumnName,
            Clusters = [.. model.GetCentroids().Select(centroid =>
                new ClusterOfReport(centroid.Cluster, centroid.Count, model.ClusterInertia[centroid.Cluster], centroid.Centroid))],
        };
        if (json)
        {
            JsonOutput.Write(report, CliJson.Default.ClusterReport);
        }
        else
        {
            ClusterTable.Write(Console.Out, report);
        }
    }
}
