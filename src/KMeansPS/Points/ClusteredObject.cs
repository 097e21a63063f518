using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>Reads what a clustering left behind: cluster objects, and objects that tell their cluster (see <see cref="LabeledObject"/>).</summary>
internal static class ClusteredObject
{
    private const string Cluster = "Cluster";
    private const string Point = "Point";

    /// <summary>The properties that are the coordinates, by default: those of the model, or all numbers that were not added with the cluster.</summary>
    internal static IReadOnlyList<string>? PropertiesOf(PSObject input) => input.BaseObject switch
    {
        KMeansCluster cluster => cluster.Model.Centroids.NamesOrNull(),
        _ when !ObjectProperties.Has(input, Cluster) => null,
        _ => [.. ObjectProperties.NamesOf(input)
            .Where(name => !LabeledObject.Added.Contains(name, StringComparer.OrdinalIgnoreCase) && Number.TryRead(ObjectProperties.ValueOf(input, name), out _))],
    };

    /// <summary>The number of the cluster of an object.</summary>
    internal static bool TryReadCluster(PSObject input, out int cluster)
    {
        cluster = 0;
        if (!ObjectProperties.Has(input, Cluster) || !Number.TryRead(ObjectProperties.ValueOf(input, Cluster), out double number) || number != (int)number)
        {
            return false;
        }

        cluster = (int)number;
        return true;
    }

    /// <summary>The object that has the coordinates: the one itself, or the array that was put into its property Point.</summary>
    internal static PSObject PointOf(PSObject input) =>
        ObjectProperties.Has(input, Point) && ObjectProperties.ValueOf(input, Point) is { } value && LanguagePrimitives.GetEnumerable(value) is not null
            ? PSObject.AsPSObject(value)
            : input;
}
