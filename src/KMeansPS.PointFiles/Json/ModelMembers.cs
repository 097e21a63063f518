namespace KMeansPS.PointFiles.Json;

/// <summary>The names of a model's members in JSON, and the words that stand for its types.</summary>
internal static class ModelMembers
{
    internal const string Format = "format";
    internal const string Version = "version";
    internal const string K = "k";
    internal const string RequestedK = "requestedK";
    internal const string Dimension = "dimension";
    internal const string ElementType = "elementType";
    internal const string Columns = "columns";
    internal const string Method = "method";
    internal const string Seed = "seed";
    internal const string Iterations = "iterations";
    internal const string Converged = "converged";
    internal const string IsEstimate = "isEstimate";
    internal const string Inertia = "inertia";
    internal const string Scaling = "scaling";
    internal const string Offset = "offset";
    internal const string Factor = "factor";
    internal const string Clusters = "clusters";
    internal const string Cluster = "cluster";
    internal const string Count = "count";
    internal const string Centroid = "centroid";
    internal const string ScaledCentroid = "scaledCentroid";

    internal const string Single = "single";
    internal const string Double = "double";
}
