using System.Collections;
using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>Reads objects that tell their cluster (see <see cref="LabeledObject"/>).</summary>
internal static class ClusteredObject
{
    private const string Cluster = "Cluster";
    private const string Centroid = "Centroid";
    private const string Group = "Group";
    private const string Point = "Point";

    /// <summary>
    /// The properties that are the coordinates, by default: all numbers that were not added with the cluster and are not the weight; null where
    /// the objects of a cluster tell them.
    /// </summary>
    internal static IReadOnlyList<string>? PropertiesOf(PSObject input, string? weight) => !ObjectProperties.Has(input, Cluster) || ObjectsOf(input) is not null
        ? null
        : [.. ObjectProperties.NamesOf(input)
            .Where(name => !LabeledObject.Added.Append(weight).Contains(name, StringComparer.OrdinalIgnoreCase) && Number.TryRead(ObjectProperties.ValueOf(input, name), out _))];

    /// <summary>The objects of a cluster object that went through a file; null where it is none.</summary>
    internal static IEnumerable? ObjectsOf(PSObject input) => ObjectProperties.Has(input, Group) && ObjectProperties.Has(input, Centroid)
        ? LanguagePrimitives.GetEnumerable(ObjectProperties.ValueOf(input, Group))
        : null;

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
