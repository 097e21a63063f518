namespace KMeansPS.Points;

/// <summary>The names of the columns as the default of -Property.</summary>
internal static class ColumnNames
{
    internal static IReadOnlyList<string>? NamesOrNull(this PointSet centroids) => centroids.ColumnName.Count == 0 ? null : centroids.ColumnName;
}
