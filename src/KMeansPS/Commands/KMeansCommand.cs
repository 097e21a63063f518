using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace KMeansPS.Commands;

/// <summary>What all cmdlets here share: they stop at once, and watch long work from the pipeline's thread.</summary>
public abstract class KMeansCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>Ends every loop of ours.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Called by PowerShell after the last record, also when the pipeline was stopped.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds.</summary>
    /// <param name="disposing">Whether this is a call and not a finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    private protected ParallelOptions Parallel(int throttleLimit) => new()
    {
        MaxDegreeOfParallelism = throttleLimit == 0 ? -1 : throttleLimit,
        CancellationToken = StopToken,
    };

    /// <summary>Does work on another thread, while this one shows how far it is.</summary>
    private protected T Watch<T>(string activity, string status, Func<IProgress<KMeansProgress>, T> work) =>
        new WatchedWork(this, _stop).Run(activity, status, work);

    /// <summary>Does work on what is read batch by batch, as <see cref="Watch"/> does.</summary>
    private protected T WatchBatches<T>(string activity, string status, Func<IProgress<MiniBatchProgress>, T> work) =>
        new WatchedWork(this, _stop).RunBatches(activity, status, work);

    /// <summary>Does the work of one file as <see cref="Watch"/> does; where it fails, that is one error and the rest goes on.</summary>
    private protected bool TryWatch<T>(string activity, string path, Func<IProgress<KMeansProgress>, T> work, [MaybeNullWhen(false)] out T result)
    {
        try
        {
            result = Watch(activity, path, work);
            return true;
        }
        catch (Exception e) when (e is not RuntimeException)
        {
            WriteError(ErrorRecords.OfFile(e, path));
            result = default;
            return false;
        }
    }

    private protected static string ThreadsInWords(int throttleLimit) =>
        throttleLimit == 0 ? $"all {Environment.ProcessorCount} cores" : $"{throttleLimit} thread{(throttleLimit == 1 ? "" : "s")}";
}
