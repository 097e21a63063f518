using System.Text;

namespace KMeansPS.PointFiles.Tests.Npy;

public sealed class BrokenNpyTests
{
    [Fact]
    public void Read_CutAtAnyLength_NamesTheFaultAndItsPlace()
    {
        byte[] whole = File.ReadAllBytes(Reading.DataFile("f8-little.npy"));
        for (int length = 0; length < whole.Length; length++)
        {
            byte[] cut = whole[..length];
            var exception = Assert.Throws<PointFileException>(() => Reading.Bytes(cut));
            var fromPipe = Assert.Throws<PointFileException>(() => Reading.Pipe(cut));
            if (length >= 6)
            {
                Assert.Equal($"Broken NPY at byte {length}: ", exception.Message[..$"Broken NPY at byte {length}: ".Length]);
                Assert.Equal(length, exception.Offset);
                Assert.Equal(exception.Message, fromPipe.Message);
            }
        }
    }

    [Fact]
    public void Read_WithAnyByteOfTheHeadChanged_GivesPointsOrOneClearError()
    {
        byte[] whole = File.ReadAllBytes(Reading.DataFile("u1-little.npy"));
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte change in (byte[])[0, 1, 0x20, 0x27, 0x28, 0x2D, 0x39, 0x7F, 0x80, 0xFF])
            {
                byte[] changed = [.. whole];
                changed[at] = change;
                try
                {
                    Assert.InRange(Reading.Bytes(changed, new PointFileOptions { OnFault = _ => { } }).Count, 1, whole.Length);
                }
                catch (PointFileException e)
                {
                    Assert.NotEmpty(e.Message);
                }
            }
        }
    }

    [Theory]
    [InlineData("(1000000000, 2)")]
    [InlineData("(2, 1000000000)")]
    [InlineData("(1073741823, 1)")]
    [InlineData("(4294967296, 4294967296)")]
    [InlineData("(9223372036854775807, 9223372036854775807)")]
    public void Read_AClaimOfMoreThanThereIs_TakesNoMemoryForIt(string shape)
    {
        byte[] lie = NpyFile($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}", [1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PointFileException>(() => Reading.Bytes(lie));
        Assert.Throws<PointFileException>(() => Reading.Pipe(lie));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32L << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{'descr'}")]
    [InlineData("{'descr': '<f8'}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}")]
    [InlineData("{'descr': '<f8', 'fortran_order': Maybe, 'shape': (1, 1)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 1)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1 1)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 1)}")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), 'more': 1}")]
    [InlineData("{'descr': '<f8, 'fortran_order': False, 'shape': (1, 1)}")]
    [InlineData("{'descr': ('<f8', (2,)), 'fortran_order': False, 'shape': (1, 1)}")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (1, 1)}")]
    [InlineData("{'descr': '<f0', 'fortran_order': False, 'shape': (1, 1)}")]
    public void Read_AHeaderThatIsNone_NamesTheFaultAndItsPlace(string text)
    {
        var exception = Assert.Throws<PointFileException>(() => Reading.Bytes(NpyFile(text, new byte[64])));
        Assert.Contains("NPY at byte ", exception.Message, StringComparison.Ordinal);
        Assert.InRange(exception.Offset!.Value, 10, 10 + text.Length);
    }

    [Theory]
    [InlineData("{'shape':(1,2,),'fortran_order':False,'descr':'<f4'}")]
    [InlineData("{ \"descr\" : \"<f4\" , \"fortran_order\" : False , \"shape\" : ( 1L , 2L ) }   \n")]
    public void Read_AHeaderWrittenByOthers_IsRead(string text) =>
        Assert.Equal([1, 2], Reading.Values(Reading.Bytes(NpyFile(text, [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]))));

    [Fact]
    public void Read_MoreBytesThanClaimed_LeavesThemAlone() =>
        Assert.Equal(1, Reading.Bytes(NpyFile("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2)}", [1, 2, 3, 4])).Count);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(255)]
    public void Read_AnUnknownVersion_IsNamed(byte version)
    {
        byte[] file = NpyFile("{}", []);
        file[6] = version;
        Assert.Contains($"version {version}", Assert.Throws<PointFileException>(() => Reading.Bytes(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AHeaderOfGigabytes_IsRefusedAtOnce()
    {
        byte[] file = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F, .. "{'descr'"u8];
        Assert.Equal(8, Assert.Throws<PointFileException>(() => Reading.Bytes(file)).Offset);
    }

    private static byte[] NpyFile(string header, byte[] data) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.Latin1.GetBytes(header), .. data];
}
