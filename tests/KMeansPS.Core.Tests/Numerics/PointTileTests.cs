using KMeansPS.Numerics;

namespace KMeansPS.Tests.Numerics;

public sealed class PointTileTests
{
    [Fact]
    public void Width_IsTwoVectorsOf512Bits()
    {
        Assert.Equal(32, PointTile.Width<float>());
        Assert.Equal(16, PointTile.Width<double>());
    }

    public static MatrixTheoryData<int, int> Sizes => new([1, 2, 15, 16], [1, 2, 3, 4, 7]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Transpose_LaysEachDimensionSideBySide_AndRepeatsTheLastPoint(int count, int dimension)
    {
        int width = PointTile.Width<double>();
        double[] points = [.. Enumerable.Range(1, count * dimension)];
        double[] tile = [.. Enumerable.Repeat(double.NaN, dimension * width)];
        PointTile.Transpose(points, dimension, tile);
        for (int j = 0; j < dimension; j++)
        {
            for (int lane = 0; lane < width; lane++)
            {
                Assert.Equal(points[(Math.Min(lane, count - 1) * dimension) + j], tile[(j * width) + lane]);
            }
        }
    }
}
