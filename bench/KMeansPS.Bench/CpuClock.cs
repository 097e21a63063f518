using Perfolizer.Horology;

namespace KMeansPS.Bench;

/// <summary>The processor's time that this process has taken, on all its threads: others that use the machine do not count.</summary>
internal sealed class CpuClock : IClock
{
    public string Title => "CPU";

    public bool IsAvailable => true;

    public Frequency Frequency => Frequency.FromHz(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
