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
    public void FindNearer_AtEveryWidth_MeasuresAllRows_AndSaysWhichAreNearer() => Problem.ForAll(
        Tiles,
        problem =>
        {
            int width = PointTile.Width<T>();
            var points = problem.Points<T>();
            var rows = problem.Centroids<T>();
            var known = new T[width]; // 0 in the lanes without a point, so that none of them is ever nearer
            for (int i = 0; i < points.Count; i++)
            {
                known[i] = Textbook.SquaredDistance(points[i], points[0]);
            }

            return Kernels.All<T>().All(kernel =>
            {
                var distances = new T[rows.Count * width];
                var nearer = new uint[rows.Count];
                kernel.FindNearer(TileOf(points), rows.Values, known, distances, nearer);
                return Enumerable.Range(0, rows.Count).All(row =>
                {
                    T[] expected = [.. Enumerable.Range(0, points.Count).Select(i => Textbook.SquaredDistance(points[i], rows[row]))];
                    uint bits = Enumerable.Range(0, points.Count).Where(i => expected[i] < known[i]).Aggregate(0u, (mask, i) => mask | (1u << i));
                    return nearer[row] == bits && Bits.Same<T>(distances.AsSpan(row * width, points.Count), expected);
                });
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
            var gaps = new List<double>();
            int[][] candidates = [.. Kernels.All<T>().Select(kernel =>
            {
                var box = new TileBoxes<T>(points, order: null, kernel, new ParallelOptions())[0];
                var found = new int[columns.PaddedCount];
                int count = kernel.CandidatesForBox(box, columns, new T[columns.PaddedCount], found, out double gap);
                gaps.Add(gap);
                return found[..count];
            })];
            double LeastDistance(int i, IEnumerable<int> clusters) =>
                Math.Sqrt(clusters.Min(cluster => Textbook.SquaredDistanceInDouble(points, i, centroids, cluster)));
            int[] others = [.. Enumerable.Range(0, centroids.Count).Except(candidates[0])];
            return gaps.Distinct().Count() == 1
                && (others.Length == 0 ? gaps[0] == double.PositiveInfinity : Enumerable.Range(0, points.Count).All(i => LeastDistance(i, others) - LeastDistance(i, candidates[0]) >= gaps[0]))
                && candidates.All(found => found.SequenceEqual(candidates[0]))
                && candidates[0].All(cluster => cluster < centroids.Count)
                && candidates[0].SequenceEqual(candidates[0].Order())
                && !Textbook.Assign(points, centroids).Except(candidates[0]).Any();
        });

    [Fact]
    public void LeastSquareToBox_AtEveryWidth_IsTheSame_AndBeyondReachOnlyWhereEveryPointIsFarther() => Problem.ForAll(
        Problem.Any(PointTile.Width<T>(), maxD: 14),
        problem =>
        {
            var points = problem.Points<T>();
            var centroids = problem.Centroids<T>();
            var columns = new CentroidPanels<T>(centroids.Values, points.Dimension);
            var known = new T[PointTile.Width<T>()];
            for (int i = 0; i < known.Length; i++)
            {
                known[i] = Textbook.SquaredDistance(points[Math.Min(i, points.Count - 1)], points[0]);
            }

            var found = Kernels.All<T>().Select(kernel =>
            {
                var box = new TileBoxes<T>(points, order: null, kernel, new ParallelOptions())[0];
                var squares = new T[columns.PaddedCount];
                kernel.SquaresToBox(box, columns, squares);
                T least = kernel.LeastSquareToBox(box, columns);
                return (Least: least, Reach: kernel.Reach(known, points.Dimension), IsLeast: least.Equals(squares.Min()));
            }).ToList();
            bool isBeyond = found[0].Least > found[0].Reach;
            return found.All(result => result.IsLeast && result.Equals(found[0]))
                && (!isBeyond || Enumerable.Range(0, points.Count).All(i =>
                    Enumerable.Range(0, centroids.Count).All(cluster => Textbook.SquaredDistance(points[i], centroids[cluster]) > known[i])));
        });

    [Fact]
    public void CandidatesForBox_FarFromAllButOne_IsThatOne()
    {
        var columns = new CentroidPanels<T>(Points.Of<T>(2, 50, 50, 1, 1, -40, 0, 0, 90).Values, 2);
        foreach (var kernel in Kernels.All<T>())
        {
            var box = new TileBoxes<T>(Points.Of<T>(2, 0, 0, 1, 1, 0, 2), order: null, kernel, new ParallelOptions())[0];
            Assert.Equal([0, 0, 1, 2], Array.ConvertAll(box.ToArray(), double.CreateTruncating));
            var found = new int[columns.PaddedCount];
            Assert.Equal(1, kernel.CandidatesForBox(box, columns, new T[columns.PaddedCount], found, out double gap));
            Assert.Equal(1, found[0]);

            // (0, 2) is the farthest corner from (1, 1), and (0, 0) the nearest to (-40, 0).
            Assert.Equal(40 - Math.Sqrt(2), gap, 40 * 1e-4);
        }
    }

    [Fact]
    public void PairsForBox_AtEveryWidth_AreTheSame_AndHoldTheTwoNearestOfEveryPoint() => Problem.ForAll(
        Problem.Any(PointTile.Width<T>(), maxD: 14),
        problem =>
        {
            var points = problem.Points<T>();
            var centroids = (problem with { K = problem.K + 1 }).Centroids<T>();
            var columns = new CentroidPanels<T>(centroids.Values, points.Dimension);
            int[][] pairs = [.. Kernels.All<T>().Select(kernel =>
            {
                var box = new TileBoxes<T>(points, order: null, kernel, new ParallelOptions())[0];
                var found = new int[columns.PaddedCount];
                return found[..kernel.PairsForBox(box, columns, new T[columns.PaddedCount], found)];
            })];
            T Second(int i, IEnumerable<int> clusters) => clusters.Select(cluster => Textbook.SquaredDistance(points[i], centroids[cluster])).Order().ElementAt(1);
            return pairs.All(found => found.SequenceEqual(pairs[0]))
                && pairs[0].All(cluster => cluster < centroids.Count)
                && !Textbook.Assign(points, centroids).Except(pairs[0]).Any()
                && Enumerable.Range(0, points.Count).All(i => Second(i, pairs[0]) == Second(i, Enumerable.Range(0, centroids.Count)));
        });

    [Fact]
    public void LeastGap_AtEveryWidth_IsTheSame_AndNoMoreThanTheDistancesDiffer() => Problem.ForAll(
        Problem.Any(PointTile.Width<T>(), maxD: 14),
        problem =>
        {
            var points = problem.Points<T>();
            var centroids = (problem with { K = problem.K + 1 }).Centroids<T>();
            double[] gaps = [.. Kernels.All<T>().Select(kernel =>
            {
                int width = PointTile.Width<T>();
                var first = new T[width];
                var second = new T[width];
                kernel.NearestTwo(TileOf(points), centroids.Values, points.Dimension, new int[width], first, second);
                return kernel.LeastGap(first, second, points.Dimension);
            })];
            double Difference(int i)
            {
                double[] squares = [.. Enumerable.Range(0, centroids.Count).Select(cluster => Textbook.SquaredDistanceInDouble(points, i, centroids, cluster)).Order()];
                return Math.Sqrt(squares[1]) - Math.Sqrt(squares[0]);
            }

            return gaps.Distinct().Count() == 1 && gaps[0] <= Enumerable.Range(0, points.Count).Min(Difference);
        });

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
