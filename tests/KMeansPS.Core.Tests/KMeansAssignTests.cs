using System.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests;

public abstract class KMeansAssignTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void Assign_FindsTheNearestCentroidAndTheDistanceToIt()
    {
        var assignment = new KMeans<T>().Assign(Points.Of<T>(2, 0, 0, 3, 4, 10, 10), Points.Of<T>(2, 0, 0, 10, 7));
        Assert.Equal([0, 0, 1], assignment.Cluster);
        Assert.Equal([0.0, 5.0, 3.0], assignment.Distance);
        Assert.Equal(3, assignment.Count);
        Assert.Equal("3 points in 2 clusters", assignment.ToString());
    }

    [Fact]
    public void Assign_OfAPointBetweenTwo_TakesTheLower()
    {
        Assert.Equal([0], new KMeans<T>().Assign(Points.Of<T>(1, 5), Points.Of<T>(1, 4, 6)).Cluster);
        Assert.Equal([1], new KMeans<T>().Assign(Points.Of<T>(1, 5), Points.Of<T>(1, 9, 6, 4, 1, 6, 4)).Cluster);
    }

    [Fact]
    public void Assign_ToCentroidsAtOnePlace_TakesTheFirst() =>
        Assert.All(new KMeans<T>().Assign(Points.Of<T>(1, 1, 2, 3), Points.Of<T>(1, 7, 7, 7, 7, 7, 7, 7)).Cluster, cluster => Assert.Equal(0, cluster));

    [Fact]
    public void Assign_TakesMoreCentroidsThanPoints() => Assert.Equal([3], new KMeans<T>().Assign(Points.Of<T>(1, 4), Points.Of<T>(1, 1, 2, 3, 4, 5)).Cluster);

    [Fact]
    public void Assign_OfAPicture_RemembersItsShape()
    {
        var points = new PointSet<T>(new T[6], 1) { Picture = new PictureShape(3, 2) };
        Assert.Equal(new PictureShape(3, 2), new KMeans<T>().Assign(points, Points.Of<T>(1, 1)).Picture);
    }

    [Fact]
    public void Assign_WithAnotherDimension_SaysBoth()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new KMeans<T>().Assign(Points.Of<T>(2, 1, 2), Points.Of<T>(3, 1, 2, 3)));
        Assert.Contains("points have 2 dimensions, the centroids 3", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Assign_OfNothing_NamesTheParameter()
    {
        Assert.Equal("points", Assert.Throws<ArgumentNullException>(() => new KMeans<T>().Assign(null!, Points.Of<T>(1, 1))).ParamName);
        Assert.Equal("centroids", Assert.Throws<ArgumentNullException>(() => new KMeans<T>().Assign(Points.Of<T>(1, 1), null!)).ParamName);
    }
}

public sealed class KMeansAssignOfSingleTests : KMeansAssignTests<float>;

public sealed class KMeansAssignOfDoubleTests : KMeansAssignTests<double>;
