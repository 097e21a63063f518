using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace KMeansPS.PointFiles.Tests;

public sealed class CsvWriterTests
{
    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';')]
    public void Write_Doubles_CanBeReadBack(char delimiter) => Prop.ForAll(Blocks.Doubles, block =>
    {
        var read = Reading.Text(Written(stream => CsvWriter.Write(stream, new PointSet<double>(block.Values, block.Dimension), delimiter)));
        return read.Dimension == block.Dimension
            && Reading.Values(read).Select(BitConverter.DoubleToInt64Bits).SequenceEqual(block.Values.Select(BitConverter.DoubleToInt64Bits));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_Singles_CanBeReadBack() => Prop.ForAll(Blocks.Singles, block =>
    {
        var options = new PointFileOptions { Precision = PointPrecision.Single };
        var read = Reading.Text(Written(stream => CsvWriter.Write(stream, new PointSet<float>(block.Values, block.Dimension))), options);
        return ((PointSet<float>)read).Values.ToArray().Select(BitConverter.SingleToInt32Bits).SequenceEqual(block.Values.Select(BitConverter.SingleToInt32Bits));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_Names_CanBeReadBack()
    {
        string[] names = ["plain", "with, comma", "with \"quotes\"", "two\nlines", " spaces ", "größe", "tab\there"];
        var points = new PointSet<double>(new double[] { 1, 2, 3, 4, 5, 6, 7 }, 7) { ColumnName = names };
        Assert.Equal(names, Reading.Text(Written(stream => CsvWriter.Write(stream, points))).ColumnName);
        Assert.Equal(names, Reading.Text(Written(stream => CsvWriter.Write(stream, points, '\t')), new PointFileOptions { Delimiter = '\t' }).ColumnName);
    }

    [Fact]
    public void Write_IsPlainText() =>
        Assert.Equal("x,y\n1,-2.5\n1E-10,0.1\n", Written(stream => CsvWriter.Write(stream, new PointSet<double>(new[] { 1, -2.5, 1e-10, 0.1 }, 2) { ColumnName = ["x", "y"] })));

    [Fact]
    public void WriteLabels_HasAHeader() => Assert.Equal("Cluster\n2\n0\n", Written(stream => CsvWriter.WriteLabels(stream, [2, 0])));

    [Fact]
    public void Write_ManyRows_LosesNoneBetweenItsBuffers()
    {
        double[] values = [.. Enumerable.Range(0, 30_000).Select(i => i / 7.0)];
        Assert.Equal(values, Reading.Values(Reading.Text(Written(stream => CsvWriter.Write(stream, new PointSet<double>(values, 3))))));
    }

    [Theory]
    [InlineData("a.csv", PointFileFormat.Csv)]
    [InlineData("a.TSV", PointFileFormat.Tsv)]
    [InlineData("folder.csv/a.npy", PointFileFormat.Npy)]
    public void FormatOf_FollowsTheExtension(string path, PointFileFormat format) => Assert.Equal(format, PointFileWriter.FormatOf(path));

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a")]
    [InlineData("npy")]
    public void FormatOf_AnotherExtension_IsRefused(string path)
    {
        Assert.False(PointFileWriter.Writes(path));
        Assert.Throws<ArgumentException>(() => PointFileWriter.FormatOf(path));
    }

    private static string Written(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
