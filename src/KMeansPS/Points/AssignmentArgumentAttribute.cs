using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>Lets a parameter of type <c>int[]</c> take the cluster of every point as an assignment, as objects with a Cluster, or as plain numbers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AssignmentArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => null,
            int[] numbers => numbers,
            KMeansAssignment assignment => assignment.Cluster,
            object[] and [PSObject { BaseObject: KMeansAssignment assignment }] => assignment.Cluster,
            _ => ClustersOf(PSObject.AsPSObject(inputData!)),
        };
    }

    private static int[] ClustersOf(PSObject input)
    {
        var clusters = new List<int>();
        foreach (var item in InputItems.Of(input, piped: false))
        {
            object? value = ObjectProperties.Has(item, "Cluster") ? ObjectProperties.ValueOf(item, "Cluster") : item;
            if (!Number.TryRead(value, out double number) || number != (int)number)
            {
                throw new ArgumentTransformationMetadataException(
                    $"Item {clusters.Count + 1} of the assignment is neither the number of a cluster nor an object with one in its property Cluster.");
            }

            clusters.Add((int)number);
        }

        return [.. clusters];
    }
}
