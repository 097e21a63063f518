using System.Numerics;

namespace KMeansPS;

/// <summary>What a run found, in the precision of its points.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class KMeansModel<T> : KMeansModel
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal KMeansModel(PointSet<T> centroids, KMeansFigures figures)
        : base(centroids, figures)
    {
    }
}
