namespace KMeansPS.PointFiles.Tests.Npy;

public sealed class NpyReaderTests
{
    public static TheoryData<string, bool> FilesOfTheTable()
    {
        var files = new TheoryData<string, bool>();
        foreach (string kind in (string[])["i1", "u1", "i2", "u2", "f2", "f4"])
        {
            files.Add($"{kind}-little.npy", true);
        }

        foreach (string kind in (string[])["i4", "u4", "i8", "u8", "f8"])
        {
            files.Add($"{kind}-little.npy", false);
        }

        foreach (string kind in (string[])["i2", "u2", "f2", "f4"])
        {
            files.Add($"{kind}-big.npy", true);
        }

        foreach (string kind in (string[])["i4", "u4", "i8", "u8", "f8"])
        {
            files.Add($"{kind}-big.npy", false);
        }

        files.Add("f4-fortran.npy", true);
        files.Add("f8-fortran-big.npy", false);
        files.Add("version2.npy", false);
        files.Add("version3.npy", false);
        return files;
    }

    [Theory]
    [MemberData(nameof(FilesOfTheTable))]
    public void Read_WhatNumPyWrote_GivesItsValuesInTheLeastPrecisionThatHoldsThem(string name, bool isSingle)
    {
        var points = Reading.File(name);
        Assert.Equal((4, 3), (points.Count, points.Dimension));
        Assert.Equal(isSingle ? typeof(float) : typeof(double), points.ElementType);
        Assert.Equal(Reading.Table, Reading.Values(points));
        Assert.Empty(points.ColumnName);
    }

    [Theory]
    [MemberData(nameof(FilesOfTheTable))]
    public void Read_FromAPipe_GivesTheSame(string name, bool isSingle)
    {
        var points = Reading.Pipe(File.ReadAllBytes(Reading.DataFile(name)));
        Assert.Equal(isSingle ? typeof(float) : typeof(double), points.ElementType);
        Assert.Equal(Reading.Table, Reading.Values(points));
    }

    [Theory]
    [InlineData("f4-little.npy")]
    [InlineData("f8-fortran-big.npy")]
    [InlineData("i8-big.npy")]
    public void Read_WithAPrecision_GivesThatPrecision(string name)
    {
        var single = Reading.File(name, new PointFileOptions { Precision = PointPrecision.Single });
        var full = Reading.File(name, new PointFileOptions { Precision = PointPrecision.Double });
        Assert.Equal((typeof(float), typeof(double)), (single.ElementType, full.ElementType));
        Assert.Equal(Reading.Table, Reading.Values(single));
        Assert.Equal(Reading.Table, Reading.Values(full));
    }

    [Fact]
    public void Read_Booleans_GivesZeroAndOne()
    {
        var points = Reading.File("bool.npy");
        Assert.Equal(typeof(float), points.ElementType);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1], Reading.Values(points));
    }

    [Fact]
    public void Read_ALine_GivesPointsOfOneDimension()
    {
        var points = Reading.File("line.npy");
        Assert.Equal((3, 1), (points.Count, points.Dimension));
        Assert.Equal([1.5, -2.5, 1e-300], Reading.Values(points));
    }

    [Fact]
    public void Read_Fractions_KeepsEveryBit() =>
        Assert.Equal([0.1, -1e100, Math.PI, double.Epsilon], Reading.Values(Reading.File("fractions.npy")));

    [Fact]
    public void Read_IntegersThatNoDoubleHolds_RoundsThem() =>
        Assert.Equal([(double)((1L << 53) + 1), -(double)(1L << 62), 1, long.MaxValue], Reading.Values(Reading.File("wide-integers.npy")));

    [Fact]
    public void Read_RowsThatAreNoPoints_LeavesThemOutAndNamesThem()
    {
        var faults = new List<PointFileFault>();
        var points = Reading.File("bad-rows.npy", new PointFileOptions { OnFault = faults.Add, Header = ["x", "y"] });
        Assert.Equal([1, 2, 3, 4, 6, 7], Reading.Values(points));
        Assert.Equal([(2L, "x"), (4L, "y"), (6L, "y")], faults.Select(fault => (fault.Line, fault.Column!)));
        Assert.Equal("Row 2, column x: NaN is not a finite number; the row is left out.", faults[0].Message);
        Assert.Contains("too large", faults[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RowsThatAreNoPoints_WithNobodyToTell_Fails() =>
        Assert.StartsWith("Row 2, column 1: NaN", Assert.Throws<PointFileException>(() => Reading.File("bad-rows.npy")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_WithHeaderAndColumns_SelectsThem()
    {
        var points = Reading.File("f8-little.npy", new PointFileOptions { Header = ["a", "b", "c"], Column = ["C", "a"] });
        Assert.Equal(["c", "a"], points.ColumnName);
        Assert.Equal([2, 0, 7, 3, 127, 100, 17, 11], Reading.Values(points));
    }

    [Fact]
    public void Read_WithColumnsButNoNames_SaysWhatIsMissing() =>
        Assert.Contains("header", Assert.Throws<PointFileException>(() => Reading.File("f8-little.npy", new PointFileOptions { Column = ["a"] })).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_WithColumnsThatNeedNotBeNamed_TakesAllInOrder() =>
        Assert.Equal(Reading.Table, Reading.Values(Reading.File("f8-little.npy", new PointFileOptions { Column = ["a"], AllowUnnamed = true })));

    [Fact]
    public void Read_WithAHeaderOfAnotherLength_SaysSo() =>
        Assert.Contains("2 names", Assert.Throws<PointFileException>(() => Reading.File("f8-little.npy", new PointFileOptions { Header = ["a", "b"] })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("scalar.npy", "0 dimensions")]
    [InlineData("cube.npy", "3 dimensions")]
    [InlineData("no-points.npy", "(0, 3) has no points")]
    [InlineData("no-columns.npy", "(3, 0) has no points")]
    [InlineData("complex.npy", "<c16")]
    [InlineData("text.npy", "<U2")]
    [InlineData("records.npy", "records of named fields")]
    [InlineData("objects.npy", "|O")]
    public void Read_WhatCannotBePoints_SaysWhatItIs(string name, string said)
    {
        var exception = Assert.Throws<PointFileException>(() => Reading.File(name));
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.Offset);
    }
}
