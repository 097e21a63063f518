using KMeansPS.Imaging.Codecs.Png;

namespace KMeansPS.Imaging.Tests.Codecs.Png;

public sealed class PngFilterTests
{
    public static TheoryData<int, int> FiltersAndDistances
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int distance in new[] { 1, 2, 3, 4, 6, 8 })
            {
                for (int filter = 0; filter <= 4; filter++)
                {
                    data.Add(filter, distance);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FiltersAndDistances))]
    public void Undo_InVectors_GivesWhatThePlainFormGives(int filter, int distance)
    {
        var random = new Random(filter * 10 + distance);
        for (int pixels = 1; pixels < 120; pixels++)
        {
            var (row, above) = Rows(random, pixels * distance);

            // What lies behind the row belongs to the next one.
            byte[] vector = [.. row, 1, 2, 3, 4, 5, 6, 7, 8];
            byte[] plain = row.ToArray();
            PngUnfilter.Undo((PngFilterType)filter, vector.AsSpan(0, row.Length), above, distance);
            PngUnfilter.UndoScalar((PngFilterType)filter, plain, above, distance, 0);
            Assert.Equal([.. plain, 1, 2, 3, 4, 5, 6, 7, 8], vector);
        }
    }

    [Theory]
    [MemberData(nameof(FiltersAndDistances))]
    public void Apply_InVectors_GivesWhatThePlainFormGives(int filter, int distance)
    {
        var random = new Random(filter * 10 + distance);
        for (int pixels = 1; pixels < 120; pixels++)
        {
            var (row, above) = Rows(random, pixels * distance);
            byte[] vector = new byte[row.Length];
            byte[] plain = new byte[row.Length];
            PngFilter.Apply((PngFilterType)filter, row, above, distance, vector);
            PngFilter.ApplyScalar((PngFilterType)filter, row, above, distance, plain, 0);
            Assert.Equal(plain, vector);

            PngUnfilter.Undo((PngFilterType)filter, vector, above, distance);
            Assert.Equal(row, vector);
        }
    }

    [Fact]
    public void SumOfAbsolutes_InVectors_GivesThePlainSum()
    {
        var random = new Random(1);
        foreach (int length in new[] { 0, 1, 15, 16, 33, 100, 9999, 100_000 })
        {
            byte[] row = new byte[length];
            random.NextBytes(row);
            Assert.Equal(row.Sum(b => (long)Math.Abs((int)(sbyte)b)), PngFilter.SumOfAbsolutes(row));
            Array.Fill(row, (byte)128);
            Assert.Equal(128L * length, PngFilter.SumOfAbsolutes(row));
        }
    }

    [Fact]
    public void Paeth_TakesTheNeighbourThatIsNearest()
    {
        for (int a = 0; a < 256; a += 5)
        {
            for (int b = 0; b < 256; b += 3)
            {
                for (int c = 0; c < 256; c += 7)
                {
                    int p = a + b - c;
                    int expected = new[] { a, b, c }.MinBy(v => Math.Abs(p - v));
                    Assert.Equal(expected, PngUnfilter.Paeth(a, b, c));
                }
            }
        }
    }

    // Many small and equal values among the random ones, so that ties occur.
    private static (byte[] Row, byte[] Above) Rows(Random random, int length)
    {
        var rows = new byte[2 * length];
        foreach (ref byte value in rows.AsSpan())
        {
            value = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)random.Next(3);
        }

        return (rows[..length], rows[length..]);
    }
}
