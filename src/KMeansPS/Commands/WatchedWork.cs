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

    internal T Run<T>(string activity, string status, Func<IProgress<KMeansProgress>, T> work)
    {
        var latest = new LatestProgress();
        var task = Task.Factory.StartNew(() => work(latest), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        bool shown = false;
        try
        {
            for (var patience = Silence; Task.WaitAny([task], patience) < 0; patience = Interval)
            {
                shown = true;
                Show(activity, status, latest.Value);
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

    private void Show(string activity, string status, KMeansProgress? progress)
    {
        command.WriteProgress(new ProgressRecord(ActivityId, activity, status));
        if (progress is { } known)
        {
            command.WriteProgress(new ProgressRecord(ActivityId + 1, "Clustering", string.Create(CultureInfo.InvariantCulture,
                $"Run {known.Run}, iteration {known.Iteration}: {known.Moved} points moved"))
            { ParentActivityId = ActivityId });
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
    private sealed class LatestProgress : IProgress<KMeansProgress>
    {
        private object? _value;

        internal KMeansProgress? Value => Volatile.Read(ref _value) as KMeansProgress?;

        public void Report(KMeansProgress value) => Volatile.Write(ref _value, value);
    }
}
