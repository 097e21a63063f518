using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

public sealed class ByteKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(31)]
    [InlineData(300)]
    public void FindWithin_AtEveryWidth_FindsAndSumsAllThatAreWithin_AndNoneFartherThanTwoUnits(int d)
    {
        var random = new Random(d);
        for (int round = 0; round < 50; round++)
        {
            int width = 32;
            int m = random.Next(1, 9);
            byte[][] points = [.. Enumerable.Range(0, width).Select(_ => Bytes(random, d))];
            byte[][] rows = [.. Enumerable.Range(0, m).Select(_ => Bytes(random, d))];
            int[][] squares = [.. rows.Select(row => points.Select(point => Square(point, row)).ToArray())];

            // Half of the limits are met exactly by one of the rows.
            int[] limits = [.. Enumerable.Range(0, width).Select(lane => random.Next(4) switch
            {
                0 => 0,
                1 => ByteKernel.LargestSquare,
                _ => Math.Max(0, squares[random.Next(m)][lane] - random.Next(2)),
            })];
            foreach (var kernel in Kernels.OfBytes())
            {
                int[] known = [.. Enumerable.Range(0, width).Select(_ => random.Next(1 << 22))];
                var (within, sums) = Within(kernel, points, rows, limits, known);
                for (int row = 0; row < m; row++)
                {
                    int[] found = [.. Enumerable.Range(0, width).Where(lane => ((within[row] >> lane) & 1) != 0)];
                    var ofRow = sums.AsSpan(row * ByteKernel.LengthOfSums, ByteKernel.LengthOfSums).ToArray();
                    long gain = ofRow[..(ofRow.Length / 2)].Sum(sum => (long)sum);
                    Assert.InRange(gain - found.Sum(lane => (long)known[lane] - squares[row][lane]), 0, found.Length);
                    Assert.Equal(found.Sum(lane => (long)known[lane]), ofRow[(ofRow.Length / 2)..].Sum(sum => (long)sum));
                    for (int lane = 0; lane < width; lane++)
                    {
                        bool isFound = ((within[row] >> lane) & 1) != 0;
                        Assert.True(isFound ? squares[row][lane] <= limits[lane] + 2L : squares[row][lane] > limits[lane], $"{kernel}: row {row}, point {lane}");
                    }
                }
            }
        }
    }

    [Fact]
    public void FindWithin_AtTheLargestDimension_DoesNotOverflow()
    {
        byte[] none = new byte[ByteKernel.MaxDimension];
        byte[] all = [.. Enumerable.Repeat((byte)127, ByteKernel.MaxDimension)];
        byte[][] points = [.. Enumerable.Range(0, 32).Select(lane => lane % 2 == 0 ? none : all)];
        int farthest = Square(none, all);
        foreach (var kernel in Kernels.OfBytes())
        {
            Assert.Equal([0x55555555u, 0xAAAAAAAAu], Within(kernel, points, [none, all], [.. Enumerable.Repeat(farthest - 3, 32)]));
            Assert.Equal([uint.MaxValue, uint.MaxValue], Within(kernel, points, [none, all], [.. Enumerable.Repeat(farthest, 32)]));
            Assert.Equal([uint.MaxValue, uint.MaxValue], Within(kernel, points, [none, all], [.. Enumerable.Repeat(ByteKernel.LargestSquare, 32)]));
        }
    }

    private static uint[] Within(ByteKernel kernel, byte[][] points, byte[][] rows, int[] limits) =>
        Within(kernel, points, rows, limits, new int[points.Length]).Within;

    private static (uint[] Within, int[] Sums) Within(ByteKernel kernel, byte[][] points, byte[][] rows, int[] limits, int[] known)
    {
        int d = rows[0].Length;
        var tile = new byte[(d + 3) / 4 * 4 * points.Length];
        for (int lane = 0; lane < points.Length; lane++)
        {
            for (int j = 0; j < d; j++)
            {
                tile[(((j / 4 * points.Length) + lane) * 4) + (j % 4)] = points[lane][j];
            }
        }

        int length = ByteKernel.LengthOfRow(d);
        var made = new int[rows.Length * length];
        for (int row = 0; row < rows.Length; row++)
        {
            ByteKernel.MakeRow(rows[row], made.AsSpan(row * length, length));
        }

        var within = new uint[rows.Length];
        var sums = new int[rows.Length * ByteKernel.LengthOfSums];
        kernel.FindWithin(tile, limits, known, made, within, sums);
        return (within, sums);
    }

    // All sizes, the ends of the range often: their products are the largest.
    private static byte[] Bytes(Random random, int d)
    {
        int kind = random.Next(4);
        return [.. Enumerable.Range(0, d).Select(_ => (byte)(kind == 0 ? 0 : kind == 1 ? 127 : random.Next(128)))];
    }

    private static int Square(byte[] x, byte[] c) => x.Zip(c, (a, b) => (a - b) * (a - b)).Sum();
}
