using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace KMeansPS.Bench;

/// <summary>The least time of the runs divided by the pixels of <see cref="Picture"/>.</summary>
internal sealed class PerPixelColumn : IColumn
{
    private readonly double _pixels = Picture.PixelCount;

    public string Id => nameof(PerPixelColumn);

    public string ColumnName => "ns/pixel";

    public string Legend => "Least time of the runs for each pixel of the picture";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, summary.Style);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        summary[benchmarkCase]?.ResultStatistics is { } statistics ? (statistics.Min / _pixels).ToString("F2", CultureInfo.InvariantCulture) : "";

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
