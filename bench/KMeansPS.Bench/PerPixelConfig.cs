using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace KMeansPS.Bench;

/// <summary>A few runs of each stage in this process, and a column of nanoseconds for each pixel of <see cref="Picture"/>.</summary>
internal abstract class PerPixelConfig : ManualConfig
{
    private PerPixelConfig(IClock clock)
    {
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithClock(clock).WithWarmupCount(1).WithIterationCount(5).WithIterationTime(TimeInterval.FromMilliseconds(100)));
        AddColumn(new PerPixelColumn());
        HideColumns("Job", "Toolchain", "Clock", "IterationTime", "IterationCount", "WarmupCount", "Error", "StdDev", "Median", "InvocationCount", "UnrollFactor", "Gen0", "Gen1", "Gen2");
    }

    /// <summary>Time of the processor, for stages on one thread.</summary>
    internal sealed class Cpu() : PerPixelConfig(new CpuClock());

    /// <summary>Time on the wall, for what several threads do.</summary>
    internal sealed class Wall() : PerPixelConfig(Chronometer.BestClock);
}
