using System.Runtime.InteropServices;
using System.Text;

namespace KMeansPS.PointFiles.Tests;

public sealed class OpenSourceTests
{
    public static TheoryData<string> FilesOfTheTable() => [.. Npy.NpyReaderTests.FilesOfTheTable().Select(row => row.Data.Item1)];

    [Theory]
    [MemberData(nameof(FilesOfTheTable))]
    public void Read_OfNpyOfAnyKind_GivesItsValuesInEveryPass(string name)
    {
        string path = Reading.DataFile(name);
        var source = Open(path);
        Assert.Equal((4L, 3, path), (source.Count, source.Dimension, source.Name));
        Assert.Equal(Reading.File(name).ElementType, source.ElementType);
        foreach (int batchSize in new[] { 1, 3, 4, 1000 })
        {
            var batches = Batches(source, batchSize);
            Assert.Equal(Reading.Table, batches.SelectMany(batch => batch));
            Assert.All(batches.SkipLast(1), batch => Assert.Equal(batchSize * 3, batch.Length));
        }
    }

    [Fact]
    public void Read_WithWeights_GivesWhatReadingTheFileAtOnceGives()
    {
        using var text = new TemporaryFile("x,w,y\n1,2,3\n4,0,6\n7,8,9\n10,,12\n13,14,15\n");
        using var array = TemporaryFile.Npy("<f4", 4, 3, stream => stream.Write(MemoryMarshal.AsBytes<float>([1, 2, 3, 4, -1, 6, 7, 8, 9, 13, 14, 15])));
        foreach (string path in new[] { text.Path, array.Path })
        {
            foreach (string[] columns in new[] { [], ["x", "y"], new[] { "y", "w", "x" } })
            {
                var faults = new List<string>();
                var options = new PointFileOptions { Weight = "w", Column = columns, Header = path == array.Path ? ["x", "w", "y"] : [] };
                var whole = PointFile.Read(path, options with { OnFault = fault => faults.Add(fault.Message) }, TestContext.Current.CancellationToken);
                var source = PointFile.OpenSource(path, options, TestContext.Current.CancellationToken);
                Assert.Equal(whole.ColumnName, source.ColumnName);
                var told = new List<string>();
                var read = source.ReadAll(told.Add, TestContext.Current.CancellationToken).Select(batch => (Values: Reading.Values(batch), Weights: batch.Weights.ToArray())).ToList();
                Assert.Equal(Reading.Values(whole), read.SelectMany(batch => batch.Values));
                Assert.Equal([2.0, 8, 14], read.SelectMany(batch => batch.Weights));
                Assert.Equal(faults.Order(), told.Order());
                Assert.Contains(told, fault => fault.Contains("the weight is", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Read_OfLargerNpy_GivesWhatReadingItAtOnceGives()
    {
        // More than one chunk, in both orders of its values.
        float[] values = [.. Enumerable.Range(0, 150_001 * 7).Select(i => i % 1009 / 8f)];
        using var file = TemporaryFile.Npy("<f4", 150_001, 7, stream => stream.Write(MemoryMarshal.AsBytes<float>(values)));
        Assert.Equal(values.Select(value => (double)value), Batches(Open(file.Path), 65_536).SelectMany(batch => batch));
        byte[] bytes = File.ReadAllBytes(file.Path);
        int at = bytes.AsSpan().IndexOf("False"u8);
        "True "u8.CopyTo(bytes.AsSpan(at));
        using var columns = new TemporaryFile(bytes);
        var whole = PointFile.Read(columns.Path, null, TestContext.Current.CancellationToken);
        Assert.Equal(Reading.Values(whole), Batches(Open(columns.Path), 65_536).SelectMany(batch => batch));
    }

    [Theory]
    [InlineData("x,y\n1,2\n3,4\n5,6\n")]
    [InlineData("x\ty\r\n1\t2\r\n3\t4\r\n5\t6")]
    [InlineData("x;name;y\n1;a;2\n3;\"b\nc\";4\n5;d;6\n")]
    public void Read_OfText_GivesWhatReadingItAtOnceGives(string text)
    {
        using var file = new TemporaryFile(text);
        using var wide = new TemporaryFile([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]);
        foreach (string path in new[] { file.Path, wide.Path })
        {
            var source = Open(path);
            Assert.Equal(["x", "y"], source.ColumnName);
            Assert.Equal((null, 2), (source.Count, source.Dimension));
            Assert.Equal([[1, 2, 3, 4], [5, 6]], Batches(source, 2));
            Assert.Equal([[1, 2, 3, 4, 5, 6]], Batches(source, 5));
            Assert.Equal(3, source.Count);
        }
    }

    [Fact]
    public void Read_WithColumns_GivesThoseInTheirOrder()
    {
        using var text = new TemporaryFile("a,b,c\n1,2,3\n4,5,6\n");
        var source = Open(text.Path, new PointFileOptions { Column = ["c", "a"], Precision = PointPrecision.Single });
        Assert.Equal(["c", "a"], source.ColumnName);
        Assert.Equal(typeof(float), source.ElementType);
        Assert.Equal([[3, 1, 6, 4]], Batches(source, 9));
        var npy = Open(Reading.DataFile("f4-big.npy"), new PointFileOptions { Header = ["a", "b", "c"], Column = ["c", "a"] });
        Assert.Equal(["c", "a"], npy.ColumnName);
        Assert.Equal(Columns(Reading.Table, 3, 2, 0), Batches(npy, 9).Single());
    }

    [Fact]
    public void Read_OfBadRows_LeavesThemOutAndFillsTheBatch()
    {
        using var text = new TemporaryFile("a,b\n1,2\nx,2\n3,4\n5\n1e300,1\n7,8\n");
        var faults = new List<string>();
        Assert.Equal([[1, 2, 3, 4], [7, 8]], Batches(Open(text.Path), 2, faults.Add));
        Assert.Equal(["Line 3", "Line 5", "Line 6"], faults.Select(fault => fault[..6]));
        float[] values = [1, 2, float.NaN, 4, 5, 6, 7, float.PositiveInfinity, 9, 10];
        using var npy = TemporaryFile.Npy("<f4", 5, 2, stream => stream.Write(MemoryMarshal.AsBytes<float>(values)));
        faults.Clear();
        Assert.Equal([[1, 2, 5, 6], [9, 10]], Batches(Open(npy.Path), 2, faults.Add));
        Assert.Equal(["Row 2, column 1: NaN is not a finite number; the row is left out.", "Row 4, column 2: Infinity is not a finite number; the row is left out."], faults);
        Assert.Throws<PointFileException>(() => Batches(Open(npy.Path), 2, null, faultsAreErrors: true));
    }

    [Fact]
    public void Open_OfMoreValuesThanOneSetTakes_IsRefusedByReadAndMapAlone()
    {
        // Two thousand million values, of which a sparse file has none on the disk.
        const long Count = (1L << 31) + 5;
        using var file = TemporaryFile.Npy("|u1", Count, 1, stream => stream.SetLength(stream.Position + Count));
        var e = Assert.Throws<PointFileException>(() => PointFile.Read(file.Path, null, TestContext.Current.CancellationToken));
        Assert.Contains("stream them", e.Message, StringComparison.Ordinal);
        Assert.False(PointFile.TryMap(file.Path, null, out _, out _, TestContext.Current.CancellationToken));
        var source = Open(file.Path);
        Assert.Equal(Count, source.Count);
        Assert.Equal(new double[100], ((PointSource<float>)source).Read(100, null, TestContext.Current.CancellationToken).First().Values.ToArray().Select(value => (double)value));
    }

    [Fact]
    public void Open_OfWhatIsNoFileOfPoints_SaysSo()
    {
        using var empty = new TemporaryFile("");
        using var cut = new TemporaryFile(File.ReadAllBytes(Reading.DataFile("f8-little.npy"))[..^1]);
        Assert.Throws<PointFileException>(() => Open(empty.Path));
        Assert.Throws<PointFileException>(() => Open(cut.Path));
        Assert.Throws<FileNotFoundException>(() => Open(empty.Path + ".nowhere"));
    }

    [Fact]
    public void Read_OfAFileThatHasChanged_IsRefused()
    {
        using var file = new TemporaryFile(File.ReadAllBytes(Reading.DataFile("f8-little.npy")));
        var source = Open(file.Path);
        File.Copy(Reading.DataFile("f4-little.npy"), file.Path, overwrite: true);
        Assert.Throws<PointFileException>(() => Batches(source, 9));
    }

    [Fact]
    public void Read_Cancelled_Ends()
    {
        var source = (PointSource<double>)Open(Reading.DataFile("f8-little.npy"));
        Assert.ThrowsAny<OperationCanceledException>(() => source.Read(9, null, new CancellationToken(canceled: true)).Count());
    }

    private static PointSource Open(string path, PointFileOptions? options = null) =>
        PointFile.OpenSource(path, options, TestContext.Current.CancellationToken);

    private static double[] Columns(double[] table, int dimension, params int[] columns) =>
        [.. Enumerable.Range(0, table.Length / dimension).SelectMany(row => columns.Select(column => table[(row * dimension) + column]))];

    private static List<double[]> Batches(PointSource source, int batchSize, Action<string>? onFault = null, bool faultsAreErrors = false)
    {
        onFault ??= faultsAreErrors ? null : fault => Assert.Fail(fault);
        return source is PointSource<float> single
            ? [.. single.Read(batchSize, onFault, TestContext.Current.CancellationToken).Select(Reading.Values)]
            : [.. ((PointSource<double>)source).Read(batchSize, onFault, TestContext.Current.CancellationToken).Select(Reading.Values)];
    }
}
