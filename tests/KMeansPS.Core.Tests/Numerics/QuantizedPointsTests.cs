using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

public abstract class QuantizedPointsTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int Width = PointTile.Width<T>();

    [Fact]
    public void FindNear_MissesNoPointThatIsNearer() => Problem.ForAll(Problem.Any(100, 70), problem => MissesNone(problem.Points<T>(), problem.Seed), count: 300);

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(1e9, 1e-3)]
    [InlineData(-5.0, 1e-30)]
    [InlineData(3.0, 0.0)]
    public void FindNear_WithAColumnOfAnotherKind_MissesNoPointThatIsNearer(double offset, double range)
    {
        // A wide column leaves no steps to the others, and one that is constant has none.
        var random = new Random(7);
        double[] values = [.. Enumerable.Range(0, 90).SelectMany(_ => new[] { offset + (range * random.NextDouble()), random.NextDouble(), random.Next(3), 42, -1e4 * random.NextDouble() })];
        Assert.True(MissesNone(Points.Of<T>(5, values), 1));
    }

    [Fact]
    public void FindNear_BesideOneFarPoint_MissesNoPointThatIsNearer()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 60).SelectMany(i => Enumerable.Range(0, 6).Select(_ => i == 11 ? 1e7 : random.NextDouble()))];
        Assert.True(MissesNone(Points.Of<T>(6, values), 2));
    }

    [Fact]
    public void FindNear_OfBlobs_RulesOutTheOthers()
    {
        var points = new Problem(1, 64, 6, 4, Terrain.Blobs, false).Points<T>();
        foreach (var bytes in Fitting())
        {
            var quantized = QuantizedPoints<T>.Of(points, bytes, new ParallelOptions())!;
            var known = new T[Width];
            Array.Fill(known, T.CreateTruncating(25)); // blobs are 100 apart
            var near = new uint[1];
            quantized.FindNear(0, known, quantized.Rows(points, [0]), near, new GainRange[1]);
            uint own = 0;
            for (int lane = 0; lane < Width; lane++)
            {
                own |= Textbook.SquaredDistance(points[lane], points[0]) < T.CreateTruncating(25) ? 1u << lane : 0;
            }

            Assert.Equal(own, near[0]);
        }
    }

    [Fact]
    public void FindNear_OfSeveralTiles_BoundsTheGainOfEachRow() => Problem.ForAll(Problem.Any(400, 70), problem =>
    {
        var points = problem.Points<T>();
        var random = new Random(problem.Seed);
        int[] rows = [.. Enumerable.Range(0, 3).Select(_ => random.Next(points.Count))];
        int centroid = random.Next(points.Count);
        var known = new T[(points.Count + Width - 1) / Width * Width];
        for (int i = 0; i < points.Count; i++)
        {
            known[i] = Textbook.SquaredDistance(points[i], points[centroid]);
        }

        foreach (var quantized in Fitting().Select(bytes => QuantizedPoints<T>.Of(points, bytes, new ParallelOptions())).OfType<QuantizedPoints<T>>())
        {
            var gains = new GainRange[rows.Length];
            quantized.FindNear(0, known, quantized.Rows(points, rows), new uint[known.Length / Width * rows.Length], gains);
            for (int row = 0; row < rows.Length; row++)
            {
                double gain = 0;
                for (int i = 0; i < points.Count; i++)
                {
                    gain += Math.Max(0, double.CreateTruncating(known[i]) - double.CreateTruncating(Textbook.SquaredDistance(points[i], points[rows[row]])));
                }

                if (!(gains[row].Least <= gain && gain <= gains[row].Most))
                {
                    return false;
                }
            }
        }

        return true;
    }, count: 300);

    [Fact]
    public void FindNear_OfFarBlobs_TellsTheirGainWithinAFewPercent()
    {
        var points = new Problem(1, 64, 6, 4, Terrain.Blobs, false).Points<T>();
        var known = new T[(64 + Width - 1) / Width * Width];
        double gain = 0;
        for (int i = 0; i < 64; i++)
        {
            known[i] = Textbook.SquaredDistance(points[i], points[0]);
            gain += Math.Max(0, double.CreateTruncating(known[i]) - double.CreateTruncating(Textbook.SquaredDistance(points[i], points[1])));
        }

        foreach (var bytes in Fitting())
        {
            var gains = new GainRange[1];
            var quantized = QuantizedPoints<T>.Of(points, bytes, new ParallelOptions())!;
            quantized.FindNear(0, known, quantized.Rows(points, [1]), new uint[known.Length / Width], gains);
            Assert.InRange(gains[0].Least, 0.9 * gain, gain);
            Assert.InRange(gains[0].Most, gain, 1.1 * gain);
        }
    }

    [Fact]
    public void Of_PointsAtOnePlace_TellsNothing() =>
        Assert.All(Fitting(), bytes => Assert.Null(QuantizedPoints<T>.Of(Points.Of<T>(5, [.. Enumerable.Repeat(3.0, 50)]), bytes, new ParallelOptions())));

    private static IEnumerable<ByteKernel> Fitting() => Kernels.OfBytes().Where(kernel => kernel.Fits(Width));

    // Known distances are those to some other point, the next value above it, none and infinite.
    private static bool MissesNone(PointSet<T> points, int seed)
    {
        foreach (var bytes in Fitting())
        {
            if (QuantizedPoints<T>.Of(points, bytes, new ParallelOptions()) is not { } quantized)
            {
                continue;
            }

            var random = new Random(seed);
            int[] candidates = [.. Enumerable.Range(0, 5).Select(_ => random.Next(points.Count))];
            var rows = quantized.Rows(points, candidates);
            var near = new uint[candidates.Length];
            for (int tile = 0; tile * Width < points.Count; tile++)
            {
                int count = Math.Min(Width, points.Count - (tile * Width));
                var known = new T[Width];
                for (int lane = 0; lane < count; lane++)
                {
                    var square = Textbook.SquaredDistance(points[(tile * Width) + lane], points[candidates[random.Next(candidates.Length)]]);
                    known[lane] = random.Next(5) switch { 0 => T.Zero, 1 => T.PositiveInfinity, 2 => square, _ => T.BitIncrement(square) };
                }

                quantized.FindNear(tile, known, rows, near, new GainRange[candidates.Length]);
                for (int candidate = 0; candidate < candidates.Length; candidate++)
                {
                    for (int lane = 0; lane < count; lane++)
                    {
                        bool isNearer = Textbook.SquaredDistance(points[(tile * Width) + lane], points[candidates[candidate]]) < known[lane];
                        if (isNearer && ((near[candidate] >> lane) & 1) == 0)
                        {
                            return false;
                        }
                    }
                }
            }
        }

        return true;
    }
}

public sealed class QuantizedPointsOfSingleTests : QuantizedPointsTests<float>;

public sealed class QuantizedPointsOfDoubleTests : QuantizedPointsTests<double>;
