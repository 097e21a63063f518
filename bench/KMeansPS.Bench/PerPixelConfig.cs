using BenchmarkDotNet.Configs;

namespace KMeansPS.Bench;

/// <summary>Adds a column of nanoseconds for each pixel of <see cref="Picture"/>.</summary>
internal sealed class PerPixelConfig : ManualConfig
{
    public PerPixelConfig() => AddColumn(new PerPixelColumn());
}
