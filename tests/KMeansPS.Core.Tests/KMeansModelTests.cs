using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public sealed class KMeansModelTests
{
    [Fact]
    public void GetCentroids_NumbersThemWithTheirCounts()
    {
        var centroids = KMeans.Fit(Points.Of<double>(1, 1, 1.5, 9), Points.Of<double>(1, 9, 1)).Model.GetCentroids();
        Assert.Equal([0, 1], centroids.Select(centroid => centroid.Cluster));
        Assert.Equal([1L, 2L], centroids.Select(centroid => centroid.Count));
        Assert.Equal([[9.0], [1.25]], centroids.Select(centroid => centroid.Centroid));
    }

    [Fact]
    public void ToString_IsShort_InTheInvariantCulture() =>
        Assert.Equal("2 clusters of 1 dimension, inertia 0.125", KMeans.Fit(Points.Of<double>(1, 1, 1.5, 9), Points.Of<double>(1, 9, 1)).Model.ToString());
}
