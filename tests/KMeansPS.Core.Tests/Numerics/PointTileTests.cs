using System.Numerics;
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

    public static MatrixTheoryData<int, int> Sizes => new([1, 2, 15, 16, 31, 32], [1, 2, 3, 4, 7, 8, 20]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Transpose_LaysEachDimensionSideBySide_AndRepeatsTheLastPoint(int count, int dimension)
    {
        AssertTransposed<float>(count, dimension);
        AssertTransposed<double>(Math.Min(count, 16), dimension);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gather_LaysEachDimensionSideBySide_AndRepeatsTheLastPoint(int count, int dimension)
    {
        AssertGathered<float>(count, dimension);
        AssertGathered<double>(Math.Min(count, 16), dimension);
    }

    private static void AssertTransposed<T>(int count, int dimension)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] points = [.. Enumerable.Range(1, count * dimension).Select(T.CreateTruncating)];
        var tile = NewTile<T>(dimension);
        PointTile.Transpose(points, dimension, tile);
        AssertTile(tile, points, [.. Enumerable.Range(0, count)], dimension);
    }

    private static void AssertGathered<T>(int count, int dimension)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] points = [.. Enumerable.Range(1, 40 * dimension).Select(T.CreateTruncating)];
        int[] indices = [.. Enumerable.Range(0, count).Select(i => i * 7 % 40)];
        var tile = NewTile<T>(dimension);
        PointTile.Gather(points, indices, dimension, tile);
        AssertTile(tile, points, indices, dimension);
    }

    private static T[] NewTile<T>(int dimension)
        where T : unmanaged, IFloatingPointIeee754<T> => [.. Enumerable.Repeat(T.NaN, dimension * PointTile.Width<T>())];

    private static void AssertTile<T>(T[] tile, T[] points, int[] indices, int dimension)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = PointTile.Width<T>();
        for (int at = 0; at < tile.Length; at++)
        {
            Assert.Equal(points[(indices[Math.Min(at % width, indices.Length - 1)] * dimension) + (at / width)], tile[at]);
        }
    }
}
