using System.Globalization;
using System.Management.Automation;

namespace KMeansPS.Commands;

/// <summary>
/// Runs work on a thread of its own while the pipeline's thread, the only one that may speak to the host, shows the
/// progress of anything that takes longer than half a second. When it returns or throws, the work has ended.
/// </summary>
/// <param name="command">The cmdlet.</param>
/// <param name="stop">Cancelled when the work shall end.</param>
internal sealed class WatchedWork(Cmdlet command, CancellationTokenSource stop)
{
    private const int ActivityId = 1;
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    internal T Run<T>(string activity, string status, Func<IProgress<KMeansProgress>, T> work) =>
        Watch<T, KMeansProgress>(activity, status, work, static known => string.Create(CultureInfo.InvariantCulture,
            $"Run {known.Run}, iteration {known.Iteration}: {known.Moved} points moved"));

    /// <summary>As <see cref="Run"/>, for work on what is read batch by batch.</summary>
    internal T RunBatches<T>(string activity, string status, Func<IProgress<MiniBatchProgress>, T> work) =>
        Watch<T, MiniBatchProgress>(activity, status, work, static known => string.Create(CultureInfo.InvariantCulture,
            $"Pass {known.Pass} of at most {known.Passes}: {known.Read}{(known.Count is { } count ? $" of {count}" : "")} points read"));

    private T Watch<T, TProgress>(string activity, string status, Func<IProgress<TProgress>, T> work, Func<TProgress, string> describe)
        where TProgress : struct
    {
        var latest = new LatestProgress<TProgress>();
        var task = Task.Factory.StartNew(() => work(latest), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        bool shown = false;
        try
        {
            for (var patience = Silence; Task.WaitAny([task], patience) < 0; patience = Interval)
            {
                shown = true;
                Show(activity, status, latest.Value is { } known ? describe(known) : null);
            }

            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            if (!task.IsCompleted)
            {
                stop.Cancel();
                Task.WaitAny(task);
            }

            if (shown && !stop.IsCancellationRequested)
            {
                Complete(activity, status, latest.Value is not null);
            }
        }
    }

    private void Show(string activity, string status, string? progress)
    {
        command.WriteProgress(new ProgressRecord(ActivityId, activity, status));
        if (progress is not null)
        {
            command.WriteProgress(new ProgressRecord(ActivityId + 1, "Clustering", progress) { ParentActivityId = ActivityId });
        }
    }

    private void Complete(string activity, string status, bool nested)
    {
        if (nested)
        {
            command.WriteProgress(new ProgressRecord(ActivityId + 1, "Clustering", status) { RecordType = ProgressRecordType.Completed });
        }

        command.WriteProgress(new ProgressRecord(ActivityId, activity, status) { RecordType = ProgressRecordType.Completed });
    }

    // Written by the working thread, read by the other; only the newest value counts.
    private sealed class LatestProgress<TProgress> : IProgress<TProgress>
        where TProgress : struct
    {
        private object? _value;

        internal TProgress? Value => Volatile.Read(ref _value) as TProgress?;

        public void Report(TProgress value) => Volatile.Write(ref _value, value);
    }
}
