using System.Text;

namespace KMeansPS.PointFiles.Tests.Delimited;

public sealed class DelimitedReaderTests
{
    [Theory]
    [InlineData("x,y\n1,2\n3,4\n")]
    [InlineData("x,y\r\n1,2\r\n3,4")]
    [InlineData("\uFEFFx,y\n1,2\n3,4\n")]
    [InlineData("x\ty\n1\t2\n3\t4\n")]
    [InlineData("x;y\n1;2\n3;4\n")]
    [InlineData("\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"4\"\n")]
    [InlineData("\n\nx,y\n\n1,2\n   \n3,4\n\n\n")]
    [InlineData(" x , y \n 1 ,\t2 \n +3 , 4.0\n")]
    [InlineData("#TYPE Some.Object\n\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"4\"\n")]
    [InlineData("name,x,y\nfirst,1,2\nsecond,3,4\n")]
    [InlineData("\"name\",x,y\n\"a, b\",1,2\n\"two\nlines \"\"quoted\"\"\",3,4\n")]
    public void Read_TextInManyHabits_GivesTheSamePoints(string text)
    {
        foreach (var points in (PointSet[])[Reading.Text(text), Reading.Pipe(Encoding.UTF8.GetBytes(text))])
        {
            Assert.Equal(["x", "y"], points.ColumnName);
            Assert.Equal([1, 2, 3, 4], Reading.Values(points));
            Assert.Equal(typeof(double), points.ElementType);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_Utf16_IsReadToo(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var points = Reading.Bytes([.. encoding.GetPreamble(), .. encoding.GetBytes("größe,y\r\n1,2\r\n3,4\r\n")]);
        Assert.Equal(["größe", "y"], points.ColumnName);
        Assert.Equal([1, 2, 3, 4], Reading.Values(points));
    }

    [Fact]
    public void Read_ANpyFileUnderAnotherName_IsFoundByItsSignature()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv");
        File.Copy(Reading.DataFile("f4-little.npy"), path);
        try
        {
            Assert.Equal(Reading.Table, Reading.Values(PointFile.Read(path, cancellationToken: TestContext.Current.CancellationToken)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_WithoutAHeader_HasNoNames()
    {
        var points = Reading.Text("1,a,2\n3,b,4\n");
        Assert.Empty(points.ColumnName);
        Assert.Equal([1, 2, 3, 4], Reading.Values(points));
    }

    [Fact]
    public void Read_WithAHeaderGiven_TakesTheFirstRowAsPoint()
    {
        var points = Reading.Text("1,a,2\n3,b,4\n", new PointFileOptions { Header = ["u", "v", "w"] });
        Assert.Equal(["u", "w"], points.ColumnName);
        Assert.Equal([1, 2, 3, 4], Reading.Values(points));
    }

    [Fact]
    public void Read_WithColumns_TakesThoseInTheirOrder()
    {
        var points = Reading.Text("a,b,c,d\n1,2,x,4\n5,6,y,8\n", new PointFileOptions { Column = ["D", "a"] });
        Assert.Equal(["d", "a"], points.ColumnName);
        Assert.Equal([4, 1, 8, 5], Reading.Values(points));
    }

    [Theory]
    [InlineData("n,y,x\n7,2,1\n7,4,3\n")]
    [InlineData("1,2\n3,4\n")]
    public void Read_WithColumnsOfAFileThatMayHaveNone_TakesThemByNameOrInOrder(string text) =>
        Assert.Equal([1, 2, 3, 4], Reading.Values(Reading.Text(text, new PointFileOptions { Column = ["x", "y"], AllowUnnamed = true })));

    [Fact]
    public void Read_NamesThatDifferInCaseOnly_AreToldApart()
    {
        var points = Reading.Text("x,X\n1,2\n", new PointFileOptions { Column = ["X"] });
        Assert.Equal([2], Reading.Values(points));
    }

    [Fact]
    public void Read_WithAColumnThatIsNotThere_ListsThoseThatAre() =>
        Assert.Equal(
            "There is no column 'z'; there are 'x', 'y'.",
            Assert.Throws<PointFileException>(() => Reading.Text("x,y\n1,2\n", new PointFileOptions { Column = ["z"] })).Message);

    [Fact]
    public void Read_WithAColumnTwice_SaysSo() =>
        Assert.Contains("twice", Assert.Throws<PointFileException>(() => Reading.Text("x,y\n1,2\n", new PointFileOptions { Column = ["x", "X"] })).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_AColumnWhoseFirstValuesAreMissing_IsStillOneOfNumbers()
    {
        var (points, faults) = Reading.TextWithFaults("x,y\n1,\n2,NA\n3,4\n");
        Assert.Equal(["x", "y"], points.ColumnName);
        Assert.Equal([3, 4], Reading.Values(points));
        Assert.Equal([(2L, "y"), (3L, "y")], faults.Select(fault => (fault.Line, fault.Column!)));
    }

    [Fact]
    public void Read_AnIndexColumnWithoutAName_GetsOne() =>
        Assert.Equal(["Column1", "x"], Reading.Text("\"\",\"x\"\n\"1\",2.5\n\"2\",3.5\n").ColumnName);

    [Fact]
    public void Read_ALastFieldThatIsEmpty_IsAField() =>
        Assert.Equal(["x"], Reading.Text("x,comment\n1,\n2,\n").ColumnName);

    [Fact]
    public void Read_BadRows_AreNamedAndLeftOut()
    {
        var (points, faults) = Reading.TextWithFaults("name,x,y\na,1,2\nb,oops,3\nc,4\nd,5,6,7\ne,,8\nf,NaN,9\ng,-inf,9\nh,1e999,1\n\"i\ni\",1e,1\nj,10,11\n");
        Assert.Equal([1, 2, 10, 11], Reading.Values(points));
        Assert.Equal(
        [
            new PointFileFault(3, "x", "Line 3, column x: 'oops' is not a finite number; the row is left out."),
            new PointFileFault(4, null, "Line 4: 2 fields where 3 are expected; the row is left out."),
            new PointFileFault(5, null, "Line 5: 4 fields where 3 are expected; the row is left out."),
            new PointFileFault(6, "x", "Line 6, column x: the value is missing; the row is left out."),
            new PointFileFault(7, "x", "Line 7, column x: 'NaN' is not a finite number; the row is left out."),
            new PointFileFault(8, "x", "Line 8, column x: '-inf' is not a finite number; the row is left out."),
            new PointFileFault(9, "x", "Line 9, column x: '1e999' is not a finite number; the row is left out."),
            new PointFileFault(10, "x", "Line 10, column x: '1e' is not a finite number; the row is left out."),
        ], faults);
    }

    [Fact]
    public void Read_ARowTooLargeForDistances_IsNamedByItsLine()
    {
        var (points, faults) = Reading.TextWithFaults("x\n1\n\n\"2\"\nno\n1e300\n3\n-1e300\n");
        Assert.Equal([1, 2, 3], Reading.Values(points));
        Assert.Equal([5L, 6L, 8L], faults.Select(fault => fault.Line));
        Assert.Contains("too large", faults[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ABadRow_WithNobodyToTell_Fails() =>
        Assert.StartsWith("Line 3, column x", Assert.Throws<PointFileException>(() => Reading.Text("x\n1\nno\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n  \n", "empty")]
    [InlineData("\uFEFF", "empty")]
    [InlineData("x,y\n", "header")]
    [InlineData("a,b\nc,d\n", "no column of numbers")]
    [InlineData("x;y\n1,5;2,5\n", "decimal point")]
    [InlineData("x\nNaN\n", "no column of numbers")]
    public void Read_TextWithoutAPoint_SaysWhatIsWrong(string text, string said) =>
        Assert.Contains(said, Assert.Throws<PointFileException>(() => Reading.TextWithFaults(text)).Message, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Read_NoGoodRow_IsAnError() =>
        Assert.Equal("No row can be used as a point.", Assert.Throws<PointFileException>(() => Reading.TextWithFaults("x,y\n1\n2\n", new PointFileOptions { Column = ["x"] })).Message);

    [Fact]
    public void Read_AQuoteThatIsNeverClosed_CostsItsOwnLineOnly()
    {
        var (points, faults) = Reading.TextWithFaults("x,y\n1,2\n3,\"4\n5,6\n7,8\n");
        Assert.Equal([1, 2, 5, 6, 7, 8], Reading.Values(points));
        Assert.Equal("Line 3: a quote is opened and never closed; the row is left out.", Assert.Single(faults).Message);
    }

    [Fact]
    public void Read_AQuoteWithinAField_IsALetter()
    {
        var points = Reading.Text("size,x\n5\" disk,1\n3\" disk,2\n");
        Assert.Equal([1, 2], Reading.Values(points));
    }

    [Fact]
    public void Read_BinaryJunk_IsNoText()
    {
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            var junk = new byte[random.Next(1, 5000)];
            random.NextBytes(junk);
            try
            {
                Assert.True(Reading.Bytes(junk, new PointFileOptions { OnFault = _ => { } }).Count > 0);
            }
            catch (PointFileException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }

        byte[] picture = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13];
        Assert.Contains("neither NPY nor text", Assert.Throws<PointFileException>(() => Reading.Bytes(picture)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ALongFile_KeepsLinesRightAcrossBuffers()
    {
        var text = new StringBuilder("name,x,y\n");
        for (int i = 0; i < 60_000; i++)
        {
            text.Append(i % 1000 == 999 ? $"\"bad\n{i}\",oops,1\n" : $"row {i},{i}.25,-{i}e-2\n");
        }

        var (points, faults) = Reading.TextWithFaults(text.ToString());
        Assert.Equal((59_940, 60), (points.Count, faults.Count));
        Assert.Equal([1001L, 2002L], faults.Take(2).Select(fault => fault.Line));
        Assert.Equal([59_998.25, -599.98], points.GetPoint(59_939));
    }

    [Fact]
    public void Read_ARecordLongerThanTheBuffer_IsRead()
    {
        string text = string.Join(',', Enumerable.Range(0, 100_000)) + "\n" + string.Join(',', Enumerable.Range(1, 100_000)) + "\n";
        var points = Reading.Text(text);
        Assert.Equal((2, 100_000), (points.Count, points.Dimension));
        Assert.Equal(100_000, points.GetPoint(1)[^1]);
    }

    [Fact]
    public void Read_WithADelimiter_UsesIt() =>
        Assert.Equal([1, 2], Reading.Values(Reading.Text("x|y, z\n1|2\n", new PointFileOptions { Delimiter = '|' })));

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('1')]
    [InlineData('e')]
    [InlineData('.')]
    [InlineData('ä')]
    [InlineData('\0')]
    public void Read_WithADelimiterThatCannotBe_IsRefused(char delimiter) =>
        Assert.Throws<ArgumentException>(() => Reading.Text("1\n", new PointFileOptions { Delimiter = delimiter }));

    [Fact]
    public void Read_WhenCancelled_Stops()
    {
        using var stream = new MemoryStream("1,2\n"u8.ToArray());
        Assert.ThrowsAny<OperationCanceledException>(() => PointFile.Read(stream, null, new CancellationToken(true)));
    }
}
