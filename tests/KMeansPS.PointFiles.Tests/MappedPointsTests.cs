using System.Runtime.InteropServices;

namespace KMeansPS.PointFiles.Tests;

public sealed class MappedPointsTests
{
    [Theory]
    [InlineData("f4-little.npy", typeof(float))]
    [InlineData("f8-little.npy", typeof(double))]
    [InlineData("version2.npy", typeof(double))]
    public void TryMap_OfValuesAsTheyAreInMemory_GivesThem(string name, Type type)
    {
        Assert.True(TryMap(Reading.DataFile(name), null, out var mapped, out string? obstacle), obstacle);
        using (mapped)
        {
            Assert.Equal((4, 3, type), (mapped.Points.Count, mapped.Points.Dimension, mapped.Points.ElementType));
            Assert.Equal(Reading.Table, Reading.Values(mapped.Points));
        }

        Assert.Throws<ObjectDisposedException>(() => mapped.Points.GetPoint(0));
    }

    [Theory]
    [InlineData("f4-big.npy", "order of bytes")]
    [InlineData("f4-fortran.npy", "column after column")]
    [InlineData("i4-little.npy", "float32")]
    [InlineData("numbers.tsv", "NPY")]
    public void TryMap_OfOtherFiles_NamesTheObstacle(string name, string obstacle)
    {
        Assert.False(TryMap(Reading.DataFile(name), null, out _, out string? said));
        Assert.Contains(obstacle, said, StringComparison.Ordinal);
    }

    [Fact]
    public void TryMap_ForWhatNeedsACopy_NamesTheObstacle()
    {
        string path = Reading.DataFile("f4-little.npy");
        Assert.False(TryMap(path, new PointFileOptions { Precision = PointPrecision.Double }, out _, out _));
        Assert.False(TryMap(path, new PointFileOptions { Header = ["a", "b", "c"], Column = ["a"] }, out _, out _));
        Assert.True(TryMap(path, new PointFileOptions { Header = ["a", "b", "c"] }, out var mapped, out _));
        Assert.Equal(["a", "b", "c"], mapped.Points.ColumnName);
        mapped.Dispose();
    }

    [Fact]
    public void Fit_OfMappedPoints_IsThatOfPointsInMemory()
    {
        float[] values = [.. Enumerable.Range(0, 300_000 * 2).Select(i => i * 7919L % 100_003 / 16f)];
        using var file = TemporaryFile.Npy("<f4", 300_000, 2, stream => stream.Write(MemoryMarshal.AsBytes<float>(values)));
        Assert.True(TryMap(file.Path, null, out var mapped, out _));
        using (mapped)
        {
            var expected = KMeans.Fit(new PointSet<float>(values, 2), 5);
            var result = KMeans.Fit(mapped.Points, 5);
            Assert.Equal(expected.Cluster, result.Cluster);
            Assert.Equal(Reading.Values(expected.Model.Centroids), Reading.Values(result.Model.Centroids));
        }
    }

    [Fact]
    public void TryMap_OfAValueThatIsNotFinite_NamesItsRow()
    {
        var values = new double[3_000_000];
        values[2_500_001] = double.NaN;
        using var file = TemporaryFile.Npy("<f8", 1_500_000, 2, stream => stream.Write(MemoryMarshal.AsBytes<double>(values)));
        var e = Assert.Throws<PointFileException>(() => TryMap(file.Path, null, out _, out _));
        Assert.StartsWith("Row 1250001, column 2: NaN is not a finite number;", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("left out", e.Message, StringComparison.Ordinal);
    }

    private static bool TryMap(
        string path,
        PointFileOptions? options,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MappedPoints? points,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? obstacle) =>
        PointFile.TryMap(path, options, out points, out obstacle, TestContext.Current.CancellationToken);
}
