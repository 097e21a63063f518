namespace KMeansPS;

/// <summary>The nearest centroid of each of n points, and how far it is. One object and not a collection, as a point set is.</summary>
public sealed class KMeansAssignment
{
    private PointSet? _centroids;

    internal KMeansAssignment(int[] cluster, double[] distance, PointSet centroids, PictureShape? picture)
    {
        Cluster = cluster;
        Distance = distance;
        ScaledCentroids = centroids;
        Picture = picture;
    }

    /// <summary>How many points there are (n).</summary>
    public int Count => Cluster.Length;

    /// <summary>The number of each point's cluster, 0 to K - 1; of equally near centroids the lowest.</summary>
    public int[] Cluster { get; }

    /// <summary>The Euclidean distance of each point to its centroid, in the units of the points; in scaled units where points or centroids were scaled.</summary>
    public double[] Distance { get; }

    /// <summary>The K x d centroids that the clusters' numbers stand for, in the user's units.</summary>
    public PointSet Centroids => _centroids ??= ScaledCentroids.ScaledAs(null);

    /// <summary>The same centroids as distances were measured to them; the same as <see cref="Centroids"/> where nothing was scaled.</summary>
    public PointSet ScaledCentroids { get; }

    /// <summary>The picture whose pixels the points are; null for other points.</summary>
    public PictureShape? Picture { get; }

    /// <summary>A short description, such as <c>300 points in 3 clusters</c>.</summary>
    public override string ToString() =>
        $"{Count} point{(Count == 1 ? "" : "s")} in {Centroids.Count} cluster{(Centroids.Count == 1 ? "" : "s")}";
}
