using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

public abstract class LonePairsTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Fact]
    public void Measure_AnyNumberOfPairsOfAnyDimension_GivesTheBitsOfTheKernels()
    {
        for (int d = 1; d < 40; d++)
        {
            var random = new Random(d);
            var points = Points.Of<T>(d, [.. Enumerable.Range(0, 32 * d).Select(_ => random.NextDouble() - 0.3)]);
            var rows = Points.Of<T>(d, [.. Enumerable.Range(0, 3 * d).Select(_ => random.NextDouble())]).Values;
            var pairs = new LonePairs<T>(points, rows);
            foreach (uint lanes in new uint[] { 0x1, 0x10101, 0xFFFF, 0x7FFF_FFFF })
            {
                uint all = lanes & (uint.MaxValue >> (32 - Math.Min(32, PointTile.Width<T>())));
                uint[] ofRows = [all, 0, 0x4];
                pairs.Add(0, ofRows);
                var measured = pairs.Measure(out var squares);
                Assert.Equal(BitOperations.PopCount(all) + 1, measured.Length);
                for (int i = 0; i < measured.Length; i++)
                {
                    T expected = T.Zero;
                    for (int j = 0; j < d; j++)
                    {
                        T difference = points[measured[i].Point][j] - rows[(measured[i].Row * d) + j];
                        expected = T.FusedMultiplyAdd(difference, difference, expected);
                    }

                    Assert.True(Bits.Same<T>([expected], squares.Slice(i, 1)), $"d = {d}, pair {i} of {measured.Length}");
                }
            }

            pairs.Dispose();
        }
    }
}

public sealed class LonePairsOfSingleTests : LonePairsTests<float>;

public sealed class LonePairsOfDoubleTests : LonePairsTests<double>;
