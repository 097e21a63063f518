using KMeansPS.Imaging.Codecs.Png;
using KMeansPS.Imaging.Codecs.Rows;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

public sealed class PackingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Pack_InVectors_GivesWhatThePlainFormGives(int bits)
    {
        var random = new Random(bits);
        for (int length = 1; length < 300; length++)
        {
            var indices = new byte[length];
            foreach (ref byte index in indices.AsSpan())
            {
                index = (byte)random.Next(1 << bits);
            }

            var vector = new byte[(length * bits + 7) / 8];
            var plain = new byte[vector.Length];
            IndexPacker.Pack(indices, bits, vector);
            IndexPacker.PackScalar(indices, bits, plain);
            Assert.Equal(plain, vector);

            var colors = Enumerable.Range(0, 256).Select(i => new Rgba((byte)i, 1, 2)).ToArray();
            var pixels = new Rgba[length];
            PackedRow.Expand(vector, bits, colors, pixels);
            Assert.Equal(indices, pixels.Select(p => p.R));

            // The bits after the last index do not count.
            int count = random.Next(1, (1 << bits) + 1);
            vector[^1] |= (byte)((1 << (8 * vector.Length - length * bits)) - 1);
            Assert.Equal(indices.Any(i => i >= count), PackedRow.ContainsAtLeast(vector, bits, length, count));
        }
    }

    [Fact]
    public void Expand_OfRgb_AndBack_IsIdentity()
    {
        var random = new Random(1);
        for (int width = 1; width < 100; width++)
        {
            var row = new byte[3 * width];
            random.NextBytes(row);
            var pixels = new Rgba[width];
            RgbRow.Expand(row, pixels);
            var reversed = new Rgba[width];
            RgbRow.ExpandReversed(row, reversed);
            for (int x = 0; x < width; x++)
            {
                Assert.Equal(new Rgba(row[3 * x], row[3 * x + 1], row[3 * x + 2]), pixels[x]);
                Assert.Equal(new Rgba(row[3 * x + 2], row[3 * x + 1], row[3 * x]), reversed[x]);
            }

            var back = new byte[row.Length];
            RgbRow.Pack(pixels, back);
            Assert.Equal(row, back);
        }
    }

    [Fact]
    public void Append_GivesTheCrcOfTheStandard()
    {
        Assert.Equal(0xCBF43926, Crc32.Finish(Crc32.Append(Crc32.Start, "123456789"u8)));
        var random = new Random(1);
        for (int length = 0; length < 200; length++)
        {
            var data = new byte[length];
            random.NextBytes(data);
            int cut = random.Next(length + 1);
            uint state = Crc32.Append(Crc32.Append(Crc32.Start, data.AsSpan(0, cut)), data.AsSpan(cut));
            Assert.Equal(PngBuilder.PlainCrc(data), Crc32.Finish(state));
        }
    }
}
