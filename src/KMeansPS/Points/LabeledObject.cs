using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>
/// A copy of an input object with its cluster and its distance; the caller's object is left as it was. An array or a
/// number, which has no properties to copy, comes out under the name Point.
/// </summary>
internal static class LabeledObject
{
    /// <summary>The properties that are added.</summary>
    internal static readonly string[] Added = ["Cluster", "Distance"];

    /// <summary>The name of a property that the object has already; null where it has none of them.</summary>
    internal static string? Clash(PSObject input) => IsValue(input) ? null : Array.Find(Added, name => ObjectProperties.Has(input, name));

    internal static PSObject Of(PSObject input, int cluster, double distance)
    {
        var copy = new PSObject();
        if (IsValue(input))
        {
            copy.Properties.Add(new PSNoteProperty("Point", input.BaseObject is KMeansCentroid centroid ? centroid.Centroid : input.BaseObject));
        }
        else
        {
            foreach (string name in ObjectProperties.NamesOf(input))
            {
                copy.Properties.Add(new PSNoteProperty(name, ObjectProperties.ValueOf(input, name)));
            }

            if (input.BaseObject is PSCustomObject)
            {
                copy.TypeNames.Clear();
                foreach (string type in input.TypeNames)
                {
                    copy.TypeNames.Add(type);
                }
            }
        }

        copy.Properties.Add(new PSNoteProperty(Added[0], cluster));
        copy.Properties.Add(new PSNoteProperty(Added[1], distance));
        return copy;
    }

    private static bool IsValue(PSObject input) =>
        input.BaseObject is KMeansCentroid or string || Number.TryRead(input.BaseObject, out _) || LanguagePrimitives.GetEnumerable(input.BaseObject) is not null;
}
