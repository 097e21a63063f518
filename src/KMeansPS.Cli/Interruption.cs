using System.Runtime.InteropServices;

namespace KMeansPS.Cli;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGHUP (on Windows Ctrl+C, Ctrl+Break and the closing of the window) into a cancelled
/// token, so that the work ends cleanly and leaves no part of a file.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // Work looks at its token far more often. Only a read from a pipe in which nothing comes takes longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    internal Interruption() => _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, 2)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, 15)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, 1)),
        ];

    /// <summary>Cancelled by the first signal.</summary>
    internal CancellationToken Token => _source.Token;

    /// <summary>128 and the number of the signal that came.</summary>
    internal int ExitCode => _exitCode;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int number)
    {
        // The second signal does what it always does: end the process at once.
        if (Interlocked.CompareExchange(ref _exitCode, Cli.ExitCode.Signal + number, 0) != 0)
        {
            return;
        }

        context.Cancel = true;
        _source.Cancel();
        Task.Delay(Patience).ContinueWith(_ => Environment.Exit(_exitCode), TaskScheduler.Default);
    }
}
