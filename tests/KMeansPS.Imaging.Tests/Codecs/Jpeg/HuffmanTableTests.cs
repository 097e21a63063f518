using KMeansPS.Imaging.Codecs.Jpeg;

namespace KMeansPS.Imaging.Tests.Codecs.Jpeg;

public sealed class HuffmanTableTests
{
    [Fact]
    public void TryCreate_MoreCodesThanFit_IsNull()
    {
        byte[] counts = new byte[16];
        counts[0] = 3;
        Assert.Null(HuffmanTable.TryCreate(counts, [1, 2, 3]));
    }

    [Fact]
    public void Entries_CodeAndMagnitudeWithinTheLook_HoldRunAndValue()
    {
        byte[] counts = new byte[16];
        counts[1] = 1;
        var table = HuffmanTable.TryCreate(counts, [0x23])!;

        // 00 is the code; 101 are the magnitude bits of 5, and 010 those of -5.
        Assert.Equal((5 << 16) | (2 << 8) | 5, table.Entries[0b00_101_00000]);
        Assert.Equal((-5 << 16) | (2 << 8) | 5, table.Entries[0b00_010_11111]);
        Assert.Equal(0, table.Entries[0b01_000_00000]);
    }

    [Fact]
    public void FindLong_EveryCodeBeyondTheLook_IsFound()
    {
        byte[] counts = new byte[16];
        counts[0] = 1;
        for (int length = 11; length <= 16; length++)
        {
            counts[length - 1] = 1;
        }

        var table = HuffmanTable.TryCreate(counts, [1, 2, 3, 4, 5, 6, 7])!;
        for (int length = 11; length <= 16; length++)
        {
            // After 0, the next codes are 1 0...0 of 11 bits, then one more than the last with a zero added.
            ulong code = 1UL << (length - 1);
            for (int shorter = 11; shorter < length; shorter++)
            {
                code += 1UL << (length - shorter);
            }

            Assert.Equal(((length - 9) << 8) | length, table.FindLong(code << (64 - length)));
        }

        Assert.Equal(0, table.FindLong(ulong.MaxValue));
    }

    [Theory]
    [InlineData(0, 1, -1)]
    [InlineData(1, 1, 1)]
    [InlineData(0, 3, -7)]
    [InlineData(3, 3, -4)]
    [InlineData(4, 3, 4)]
    [InlineData(7, 3, 7)]
    public void Extend_MagnitudeBits_GiveTheValue(int bits, int size, int expected) => Assert.Equal(expected, HuffmanTable.Extend(bits, size));
}
