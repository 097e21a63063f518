namespace KMeansPS.Tests.Support;

/// <summary>Keeps what it is told, at once and on the thread that tells it.</summary>
internal sealed class RecordingProgress(Action<KMeansProgress> onReport) : IProgress<KMeansProgress>
{
    internal List<KMeansProgress> Steps { get; } = [];

    public void Report(KMeansProgress value)
    {
        Steps.Add(value);
        onReport(value);
    }
}
