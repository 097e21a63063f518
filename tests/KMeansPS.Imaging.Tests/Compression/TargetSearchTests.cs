using KMeansPS.Imaging.Compression;

namespace KMeansPS.Imaging.Tests.Compression;

public sealed class TargetSearchTests
{
    [Fact]
    public void Smallest_OfWhatHoldsFromSomeNumberOn_IsThatNumber()
    {
        for (int from = 1; from <= 256; from++)
        {
            int lastYes = 0;
            int? found = TargetSearch.Smallest(1, 256, k =>
            {
                lastYes = k >= from ? k : lastYes;
                return k >= from;
            });
            Assert.Equal((from, from), (found, lastYes));
        }
    }

    [Fact]
    public void Smallest_OfWhatNeverHolds_IsNone() => Assert.Null(TargetSearch.Smallest(1, 256, _ => false));

    [Theory]
    [InlineData(9)]
    [InlineData(8)]
    public void Smallest_OfWhatHoldsALittleBelowToo_FindsThat(int below) =>
        Assert.Equal(below, TargetSearch.Smallest(1, 15, k => k >= 11 || k == below));

    [Fact]
    public void Smallest_AmongOne_AsksForIt()
    {
        Assert.Equal(7, TargetSearch.Smallest(7, 7, _ => true));
        Assert.Null(TargetSearch.Smallest(7, 7, _ => false));
    }
}
