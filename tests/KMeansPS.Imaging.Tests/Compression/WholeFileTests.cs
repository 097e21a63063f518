using KMeansPS.Imaging.Compression;

namespace KMeansPS.Imaging.Tests.Compression;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_MakesTheFolderAndTellsTheSize()
    {
        string path = Path.Combine(_folder.File("deep"), "er", "x.bin");
        Assert.Equal(3, WholeFile.Write(path, replace: false, stream => stream.Write([1, 2, 3])));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Write_ThatIsNotKept_MakesNoFolder()
    {
        string path = Path.Combine(_folder.File("deep"), "er", "x.bin");
        Assert.Equal(1, WholeFile.Write(path, replace: false, stream => stream.WriteByte(1), keep: length => length > 1));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Write_ThatFails_MakesNoFolder()
    {
        string path = Path.Combine(_folder.File("deep"), "er", "x.bin");
        Assert.Throws<InvalidDataException>(() => WholeFile.Write(path, replace: false, _ => throw new InvalidDataException()));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Write_WhereAFolderShouldBeAndAFileIs_IsRefusedAndLeavesNothing()
    {
        File.WriteAllText(_folder.File("x"), "before");
        Assert.ThrowsAny<IOException>(() => WholeFile.Write(Path.Combine(_folder.File("x"), "deep", "y"), replace: true, stream => stream.WriteByte(1)));
        Assert.Equal(["x"], _folder.Names);
        Assert.Equal("before", File.ReadAllText(_folder.File("x")));
    }

    [Fact]
    public async Task Write_ManyIntoOneMissingFolder_KeepsThoseThatAreWanted()
    {
        string folder = Path.Combine(_folder.File("deep"), "er");
        var writing = Enumerable.Range(0, 200).Select(i => Task.Run(
            () => WholeFile.Write(Path.Combine(folder, $"{i}"), replace: false, stream => stream.WriteByte(1), keep: _ => i % 2 == 0),
            TestContext.Current.CancellationToken));
        await Task.WhenAll(writing);
        Assert.Equal(100, Directory.GetFiles(folder).Length);
        Assert.Equal(["deep"], _folder.Names);
    }

    [Fact]
    public void Write_ThatFailsHalfway_LeavesWhatWasThere()
    {
        File.WriteAllText(_folder.File("x"), "before");
        Assert.Throws<InvalidDataException>(() => WholeFile.Write(_folder.File("x"), replace: true, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidDataException();
        }));
        Assert.Equal(["x"], _folder.Names);
        Assert.Equal("before", File.ReadAllText(_folder.File("x")));
    }

    [Fact]
    public void Write_OverAFileUnasked_IsRefusedAndLeavesNothing()
    {
        File.WriteAllText(_folder.File("x"), "before");
        Assert.Throws<IOException>(() => WholeFile.Write(_folder.File("x"), replace: false, stream => stream.WriteByte(1)));
        Assert.Equal(["x"], _folder.Names);
        Assert.Equal("before", File.ReadAllText(_folder.File("x")));
    }
}
