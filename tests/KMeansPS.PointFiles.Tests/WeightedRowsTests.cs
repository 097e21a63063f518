namespace KMeansPS.PointFiles.Tests;

public sealed class WeightedRowsTests
{
    [Fact]
    public void Read_WithAColumnOfWeights_PartsItFromThePoints()
    {
        var points = Reading.Text("x,w,y\n1,0.5,2\n3,4,5\n", new PointFileOptions { Weight = "W" });
        Assert.Equal(["x", "y"], points.ColumnName);
        Assert.Equal([1, 2, 3, 5], Reading.Values(points));
        Assert.Equal([0.5, 4], points.Weights);
    }

    [Fact]
    public void Read_WithColumnsAndWeights_KeepsTheOrderOfTheColumns()
    {
        var points = Reading.Text("x,w,y\n1,0.5,2\n3,4,5\n", new PointFileOptions { Column = ["y", "x"], Weight = "w" });
        Assert.Equal(["y", "x"], points.ColumnName);
        Assert.Equal([2, 1, 5, 3], Reading.Values(points));
        Assert.Equal([0.5, 4], points.Weights);
    }

    [Fact]
    public void Read_WithWeightsThatAreNamedAsACoordinateToo_HasThemTwice()
    {
        var points = Reading.Text("x,w\n1,0.5\n3,4\n", new PointFileOptions { Column = ["w", "x"], Weight = "w" });
        Assert.Equal([0.5, 1, 4, 3], Reading.Values(points));
        Assert.Equal([0.5, 4], points.Weights);
    }

    [Fact]
    public void Read_OfAnNpyFile_FindsTheWeightsByTheHeader()
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, new PointSet<double>(new double[] { 1, 2, 3, 4, 5, 6 }, 3), TestContext.Current.CancellationToken);
        var points = Reading.Bytes(stream.ToArray(), new PointFileOptions { Header = ["a", "w", "b"], Weight = "w", Precision = PointPrecision.Single });
        Assert.Equal([1, 3, 4, 6], Reading.Values(points));
        Assert.Equal([2, 5], points.Weights);
        Assert.Equal(typeof(float), points.ElementType);
    }

    [Fact]
    public void Read_OfBadWeights_LeavesTheirRowsOut()
    {
        var (points, faults) = Reading.TextWithFaults("x,w\n1,1\n2,0\n3,-1\n4,NaN\n5,\n6,1e200\n7,2\n", new PointFileOptions { Weight = "w" });
        Assert.Equal([1, 7], Reading.Values(points));
        Assert.Equal([1, 2], points.Weights);
        Assert.Equal([3L, 4, 5, 6, 7], faults.Select(fault => fault.Line).Order());
        Assert.All(faults, fault => Assert.Equal("w", fault.Column));
        Assert.Contains("Line 3, column w: the weight is 0, but must be above 0; the row is left out.", faults.Select(fault => fault.Message));
    }

    [Theory]
    [InlineData("x,y\n1,2\n", "There is no column 'w'")]
    [InlineData("w\n1\n", "no column of numbers beside 'w'")]
    [InlineData("x,w\n1,0\n", "No row can be used")]
    [InlineData("x,w\n1e150,1e150\n1,1e153\n", "divide|too large|add up|No row")]
    public void Read_WithoutUsableWeights_SaysWhy(string text, string said)
    {
        var refusal = Assert.Throws<PointFileException>(() => Reading.TextWithFaults(text, new PointFileOptions { Weight = "w" }));
        Assert.Contains(said.Split('|'), part => refusal.Message.Contains(part, StringComparison.Ordinal));
    }
}
