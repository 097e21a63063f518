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
