using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>
/// Lets a parameter of type <see cref="PointSet"/> take whatever stands for centroids: centroid and cluster objects
/// (also ones that went through a file), a model, a point set, arrays, a two-dimensional array, or objects with
/// numbers in their properties. Nothing is reshaped: each array is one centroid.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CentroidArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (inputData is null)
        {
            return null;
        }

        var items = InputItems.Of(PSObject.AsPSObject(inputData), piped: false).ToArray();
        return items switch
        {
            [] => throw new ArgumentTransformationMetadataException("There are no centroids."),
            [{ BaseObject: PointSet points }] => points,
            [{ BaseObject: KMeansAssignment assignment }] => assignment.ScaledCentroids,
            _ when items.All(static item => ObjectProperties.Has(item, "Cluster") && ObjectProperties.Has(item, "Centroid")) => OfCentroidObjects(items),
            _ => OfRows(items, []),
        };
    }

    private static PointSet OfCentroidObjects(PSObject[] items)
    {
        var numbers = Array.ConvertAll(items, static item => Number.TryRead(ObjectProperties.ValueOf(item, "Cluster"), out double number) ? number : -1);
        Array.Sort(numbers, items);
        if (numbers.Where(static (number, place) => number != place).Any())
        {
            throw new ArgumentTransformationMetadataException(
                $"The centroids of {items.Length} clusters must have the Cluster numbers 0 to {items.Length - 1}, each once, but have {string.Join(", ", numbers)}. To number them anew give their coordinates as plain arrays.");
        }

        var models = items.Select(static item => (item.BaseObject as KMeansCluster)?.Model).Distinct().ToArray();
        if (models is [{ } whole] && whole.K == items.Length)
        {
            return whole.ScaledCentroids;
        }

        var rows = items.Select(static item => PSObject.AsPSObject(ObjectProperties.ValueOf(item, "Centroid") ?? Array.Empty<double>()));
        return OfRows(rows, models is [{ } model] ? model.ColumnName : []);
    }

    private static PointSet<double> OfRows(IEnumerable<PSObject> rows, IReadOnlyList<string> columnName)
    {
        var reader = new RowReader(null, false, static error => throw new ArgumentTransformationMetadataException($"In the centroids: {error.Exception.Message}"));
        var collector = new PointCollector(reader, keepInputs: false);
        foreach (var row in rows)
        {
            collector.Add(row);
        }

        var centroids = collector.ToPointSet();
        return columnName.Count == 0 ? centroids : new PointSet<double>(centroids.Values.ToArray(), centroids.Dimension) { ColumnName = columnName };
    }
}
