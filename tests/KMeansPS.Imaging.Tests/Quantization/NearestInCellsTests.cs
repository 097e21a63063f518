using KMeansPS.Imaging.Quantization;

namespace KMeansPS.Imaging.Tests.Quantization;

public sealed class NearestInCellsTests
{
    private static int Square(Rgba color, Rgba entry)
    {
        var (r, g, b) = (color.R - entry.R, color.G - entry.G, color.B - entry.B);
        return (r * r) + (g * g) + (b * b);
    }

    // All places of a cell against a plain search of all entries.
    private static void AssertNearest(Palette palette, int cellNumber)
    {
        Span<byte> found = stackalloc byte[ColorKey.CellSize];
        NearestInCells.Of(palette).Find(new ColorCell(cellNumber, ulong.MaxValue, 0), found);
        for (int place = 0; place < found.Length; place++)
        {
            var color = ColorKey.ToColor(((uint)cellNumber << ColorKey.PlaceBits) | (uint)place);
            int nearest = Enumerable.Range(0, palette.Count).MinBy(entry => Square(color, palette[entry]));
            Assert.True(nearest == found[place], $"{color}: {palette[found[place]]} (entry {found[place]}) instead of {palette[nearest]} (entry {nearest})");
        }
    }

    [Fact]
    public void Find_AnyPalette_IsThePlainSearch()
    {
        var random = new Random(11);
        for (int run = 0; run < 300; run++)
        {
            int spread = random.Next(1, 257); // close together, and far apart
            int from = random.Next(257 - spread);
            byte Level() => (byte)(from + random.Next(spread));
            var palette = new Palette([.. Enumerable.Range(0, random.Next(1, 257)).Select(_ => new Rgba(Level(), Level(), Level()))]);
            AssertNearest(palette, random.Next(ColorKey.CellCount));
            AssertNearest(palette, (int)(ColorKey.Of((uint)(Level() | (Level() << 8) | (Level() << 16))) >> ColorKey.PlaceBits));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ColorKey.CellCount - 1)]
    [InlineData(0x2082)]
    public void Find_AmongEntriesEquallyNear_TakesTheLowest(int cell)
    {
        // A lattice of even levels: every odd level has two neighbours, or eight, at one distance; and each entry twice.
        var origin = ColorKey.ToColor((uint)cell << ColorKey.PlaceBits);
        Rgba[] lattice = [.. from r in (int[])[0, 2, 4] from g in (int[])[0, 2, 4] from b in (int[])[0, 2, 4]
                             select new Rgba((byte)Math.Min(255, origin.R + r), (byte)Math.Min(255, origin.G + g), (byte)Math.Min(255, origin.B + b))];
        AssertNearest(new Palette([.. lattice, .. lattice]), cell);
    }
}
