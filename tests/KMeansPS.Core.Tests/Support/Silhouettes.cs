namespace KMeansPS.Tests.Support;

/// <summary>Silhouettes as they are defined, without a thought for speed.</summary>
internal static class Silhouettes
{
    internal static double[] Of(PointSet points, int[] clusters)
    {
        double[][] rows = [.. Enumerable.Range(0, points.Count).Select(points.GetPoint)];
        return [.. rows.Select((row, i) => Of(row, clusters[i], rows, clusters))];
    }

    private static double Of(double[] row, int own, double[][] rows, int[] clusters)
    {
        double[] distances = [.. rows.Select(other => Math.Sqrt(row.Zip(other, (x, y) => (x - y) * (x - y)).Sum()))];
        var sums = distances.Zip(clusters).GroupBy(pair => pair.Second, pair => pair.First).ToArray();
        var ownSum = sums.Single(group => group.Key == own);
        if (ownSum.Count() == 1)
        {
            return 0;
        }

        double within = ownSum.Sum() / (ownSum.Count() - 1);
        double nearest = sums.Where(group => group.Key != own).Min(group => group.Average());
        double greater = Math.Max(within, nearest);
        return greater == 0 ? 0 : (nearest - within) / greater;
    }
}
