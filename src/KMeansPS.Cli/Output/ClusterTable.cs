using System.Globalization;
using KMeansPS.Cli.Json;

namespace KMeansPS.Cli.Output;

/// <summary>What <c>cluster</c> prints for a person: a row for each cluster, and one line about the run.</summary>
internal static class ClusterTable
{
    // More columns would not fit on a screen; the whole centroids are in the JSON and in the file of --out.
    private const int MostColumns = 8;

    /// <summary>Writes the table.</summary>
    internal static void Write(TextWriter writer, ClusterReport report)
    {
        int shown = Math.Min(report.Dimension, MostColumns);
        bool more = report.Dimension > shown;
        var titles = Enumerable.Range(0, shown).Select(i => report.Columns.Count > 0 ? report.Columns[i] : string.Create(CultureInfo.InvariantCulture, $"[{i}]"));
        TextColumn[] columns = [new("Cluster"), new("Count"), new("Inertia"), .. titles.Select(title => new TextColumn(title)), .. more ? [new TextColumn($"and {report.Dimension - shown} more", IsNumber: false)] : Array.Empty<TextColumn>()];
        TextTable.Write(writer, columns, [.. report.Clusters.Select(cluster => (string[])
            [
                cluster.Cluster.ToString(CultureInfo.InvariantCulture),
                Figures.Count(cluster.Count),
                Figures.Value(cluster.Inertia),
                .. cluster.Centroid.Take(shown).Select(Figures.Value),
                .. more ? ["..."] : Array.Empty<string>(),
            ])]);
        writer.WriteLine();
        string seed = report.Seed is { } value ? string.Create(CultureInfo.InvariantCulture, $"seed {value}") : "from the given centroids";
        string scale = report.Scale == "none" ? "" : $", scale {report.Scale}";
        writer.WriteLine($"{Figures.Count(report.Points)} points of {report.Dimension} dimension{(report.Dimension == 1 ? "" : "s")} in {report.K} cluster{(report.K == 1 ? "" : "s")}, {seed}{scale}: " +
            $"inertia {report.Inertia.ToString("G9", CultureInfo.InvariantCulture)}, {report.Iterations} iteration{(report.Iterations == 1 ? "" : "s")}, " +
            $"{(report.IsEstimate ? "estimated from a sample" : report.Converged ? "converged" : "stopped before it converged")}, {Figures.Seconds(report.Seconds)}");
    }
}
