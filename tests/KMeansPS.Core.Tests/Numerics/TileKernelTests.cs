using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Numerics;

/// <summary>Every width of vectors gives the bits of the textbook.</summary>
public abstract class TileKernelTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A tile's worth of points at most, and dimensions that no vector divides.
    private static FsCheck.Arbitrary<Problem> Tiles => Problem.Any(PointTile.Width<T>(), maxD: 70);

    [Fact]
    public void All_HasMoreThanOneWidth() => Assert.True(Kernels.All<T>().Count() > 1);

    [Fact]
    public void Nearest_AtEveryWidth_IsTheTextbooks() => Problem.ForAll(
        Tiles,
        problem =>
        {
            var points = problem.Points<T>();
            var centroids = problem.Centroids<T>();
            int[] expected = Textbook.Assign(points, centroids);
            T[] squares = [.. expected.Select((cluster, i) => Textbook.SquaredDistance(points[i], centroids[cluster]))];
            return Kernels.All<T>().All(kernel =>
            {
                var nearest = new int[PointTile.Width<T>()];
                var distances = new T[nearest.Length];
                kernel.Nearest(TileOf(points), centroids.Values, points.Dimension, nearest, distances);
                return nearest.AsSpan(0, points.Count).SequenceEqual(expected) && Bits.Same<T>(distances.AsSpan(0, points.Count), squares);
            });
        });

    [Fact]
    public void LowerDistances_AtEveryWidth_KeepsTheLower() => Problem.ForAll(
        Tiles,
        problem =>
        {
            var points = problem.Points<T>();
            var centroids = problem.Centroids<T>();
            return Kernels.All<T>().All(kernel =>
            {
                var lowered = new T[PointTile.Width<T>()];
                Array.Fill(lowered, T.PositiveInfinity);
                T[] expected = [.. lowered.Take(points.Count)];
                for (int cluster = 0; cluster < centroids.Count; cluster++)
                {
                    kernel.LowerDistances(TileOf(points), centroids[cluster], lowered);
                    expected = [.. expected.Select((known, i) => T.Min(known, Textbook.SquaredDistance(points[i], centroids[cluster])))];
                }

                return Bits.Same<T>(lowered.AsSpan(0, points.Count), expected);
            });
        });

    [Fact]
    public void AddDistances_AtEveryWidth_AddsTheRootsInTheOrderOfTheRows() => Problem.ForAll(
        Tiles,
        problem =>
        {
            var points = problem.Points<T>();
            var rows = problem.Centroids<T>();
            T[] weights = [.. Enumerable.Range(1, rows.Count).Select(i => T.CreateTruncating(i * 0.5))];
            var expected = new T[points.Count];
            for (int i = 0; i < points.Count; i++)
            {
                T sum = T.Zero;
                for (int row = 0; row < rows.Count; row++)
                {
                    sum = T.FusedMultiplyAdd(T.Sqrt(Textbook.SquaredDistance(points[i], rows[row])), weights[row], sum);
                }

                expected[i] = T.One + sum;
            }

            return Kernels.All<T>().All(kernel =>
            {
                var sums = new T[PointTile.Width<T>()];
                Array.Fill(sums, T.One);
                kernel.AddDistances(TileOf(points), rows.Values, weights, sums);
                return Bits.Same<T>(sums.AsSpan(0, points.Count), expected);
            });
        });

    [Fact]
    public void AddLoweredDistances_AtEveryWidth_AddsWhatLoweringWouldLeaveTimesTheWeight() => Problem.ForAll(
        Tiles,
        problem =>
        {
            int width = PointTile.Width<T>();
            var points = problem.Points<T>();
            var centroids = problem.Centroids<T>();
            var weights = points.IsWeighted ? new double[width] : [];
            points.Weights.CopyTo(weights);
            var known = new T[width];
            for (int i = 0; i < points.Count; i++)
            {
                known[i] = Textbook.SquaredDistance(points[i], points[0]);
            }

            double[] expected = [.. Enumerable.Range(0, points.Count).Select(i => i / 3.0)];
            for (int cluster = 0; cluster < centroids.Count; cluster++)
            {
                for (int i = 0; i < expected.Length; i++)
                {
                    double lowered = double.CreateTruncating(T.Min(known[i], Textbook.SquaredDistance(points[i], centroids[cluster])));
                    expected[i] += points.IsWeighted ? lowered * points.Weights[i] : lowered;
                }
            }

            return Kernels.All<T>().All(kernel =>
            {
                double[] sums = [.. Enumerable.Range(0, width).Select(i => i / 3.0)];
                for (int cluster = 0; cluster < centroids.Count; cluster++)
                {
                    uint lowered = kernel.AddLoweredDistances(TileOf(points), centroids[cluster], known, weights, sums);
                    for (int i = 0; i < points.Count; i++)
                    {
                        Assert.Equal(Textbook.SquaredDistance(points[i], centroids[cluster]) < known[i], (lowered >> i & 1) == 1);
                    }
                }

                return Bits.Same<double>(sums.AsSpan(0, points.Count), expected);
            });
        });

    [Fact]
    public void NearestTwo_AtEveryWidth_IsTheTextbooks() => Problem.ForAll(
        Tiles,
        problem =>
        {
            var points = problem.Points<T>();
            var centroids = problem.Centroids<T>();
            int[] expected = Textbook.Assign(points, centroids);
            T[] first = [.. expected.Select((cluster, i) => Textbook.SquaredDistance(points[i], centroids[cluster]))];
            T[] second = [.. expected.Select((nearest, i) => Enumerable.Range(0, centroids.Count).Where(cluster => cluster != nearest)
                .Select(cluster => Textbook.SquaredDistance(points[i], centroids[cluster])).Append(T.PositiveInfinity).Min())];
            return Kernels.All<T>().All(kernel =>
            {
                var nearest = new int[PointTile.Width<T>()];
                var distances = new T[nearest.Length];
                var seconds = new T[nearest.Length];
                kernel.NearestTwo(TileOf(points), centroids.Values, points.Dimension, nearest, distances, seconds);
                bool tiles = nearest.AsSpan(0, points.Count).SequenceEqual(expected)
                    && Bits.Same<T>(distances.AsSpan(0, points.Count), first)
                    && Bits.Same<T>(seconds.AsSpan(0, points.Count), second);

                // The same points as rows, in another order.
                int[] rows = [.. Enumerable.Range(0, points.Count).Reverse()];
                kernel.NearestTwoOfRows(points.Values, rows, new CentroidPanels<T>(centroids.Values, points.Dimension), nearest, distances, seconds);
                nearest.AsSpan(0, points.Count).Reverse();
                distances.AsSpan(0, points.Count).Reverse();
                seconds.AsSpan(0, points.Count).Reverse();
                return tiles
                    && nearest.AsSpan(0, points.Count).SequenceEqual(expected)
                    && Bits.Same<T>(distances.AsSpan(0, points.Count), first)
                    && Bits.Same<T>(seconds.AsSpan(0, points.Count), second);
            });
        });

    [Fact]
    public void CandidatesForBox_AtEveryWidth_AreTheSame_AndHoldEveryNearest() => Problem.ForAll(
        Problem.Any(PointTile.Width<T>(), maxD: 14),
        problem =>
        {
            var points = problem.Points<T>();
            var centroids = problem.Centroids<T>();
            var columns = new CentroidPanels<T>(centroids.Values, points.Dimension);
            var boxes = new TileBoxes<T>(points, order: null, new ParallelOptions());
            int[][] candidates = [.. Kernels.All<T>().Select(kernel =>
            {
                var found = new int[columns.PaddedCount];
                int count = kernel.CandidatesForBox(boxes[0], columns, new T[columns.PaddedCount], found);
                return found[..count];
            })];
            return candidates.All(found => found.SequenceEqual(candidates[0]))
                && candidates[0].All(cluster => cluster < centroids.Count)
                && candidates[0].SequenceEqual(candidates[0].Order())
                && !Textbook.Assign(points, centroids).Except(candidates[0]).Any();
        });

    [Fact]
    public void CandidatesForBox_FarFromAllButOne_IsThatOne()
    {
        var boxes = new TileBoxes<T>(Points.Of<T>(2, 0, 0, 1, 1, 0, 2), order: null, new ParallelOptions());
        var columns = new CentroidPanels<T>(Points.Of<T>(2, 50, 50, 1, 1, -40, 0, 0, 90).Values, 2);
        foreach (var kernel in Kernels.All<T>())
        {
            var found = new int[columns.PaddedCount];
            Assert.Equal(1, kernel.CandidatesForBox(boxes[0], columns, new T[columns.PaddedCount], found));
            Assert.Equal(1, found[0]);
        }
    }

    [Fact]
    public void Nearest_OfEquallyNearCentroids_IsTheLowest()
    {
        var points = Points.Of<T>(1, 0, 1, 2);
        foreach (var kernel in Kernels.All<T>())
        {
            // Six centroids: the group of four that a kernel takes at once, and those after it.
            foreach (double[] places in new double[][] { [1, 1, 1, 1, 1, 1], [-1, 3, 1, 1, 5, 1], [3, -1, 3, 3, 1, 1] })
            {
                var nearest = new int[PointTile.Width<T>()];
                var centroids = Points.Of<T>(1, places);
                kernel.Nearest(TileOf(points), centroids.Values, 1, nearest, new T[nearest.Length]);
                Assert.Equal(Textbook.Assign(points, centroids), nearest[..3]);
            }
        }
    }

    [Fact]
    public void ForThisProcessor_IsOneOfThem() => Assert.Contains(TileKernel<T>.ForThisProcessor().GetType(), Kernels.All<T>().Select(kernel => kernel.GetType()));

    private static T[] TileOf(PointSet<T> points)
    {
        var tile = new T[points.Dimension * PointTile.Width<T>()];
        PointTile.Transpose(points.Values, points.Dimension, tile);
        return tile;
    }
}

public sealed class TileKernelOfSingleTests : TileKernelTests<float>;

public sealed class TileKernelOfDoubleTests : TileKernelTests<double>;
