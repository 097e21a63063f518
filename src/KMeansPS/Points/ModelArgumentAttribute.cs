using System.Management.Automation;

namespace KMeansPS.Points;

/// <summary>Lets a parameter of type <see cref="KMeansModel"/> take the clusters of one model too.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ModelArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var items = LanguagePrimitives.GetEnumerable(inputData)?.Cast<object?>() ?? [inputData];
        var models = items.Select(ModelOf).Distinct().ToArray();
        return models switch
        {
            [{ } model] => model,
            { Length: > 1 } when Array.TrueForAll(models, static model => model is not null) =>
                throw new ArgumentTransformationMetadataException($"These are {models.Length} models: give one, or the clusters of one."),
            _ => inputData,
        };
    }

    /// <summary>The model that an object is, or is a cluster of; null where it is neither.</summary>
    internal static KMeansModel? ModelOf(object? item) => (item is PSObject wrapped ? wrapped.BaseObject : item) switch
    {
        KMeansModel model => model,
        KMeansCluster cluster => cluster.Model,
        _ => null,
    };
}
