using System.Numerics;
using KMeansPS.Numerics;
using KMeansPS.Seeding;
using KMeansPS.Tests.Support;

namespace KMeansPS.Tests.Seeding;

public abstract class NearestChosenTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reach_ByBoxesOrBytes_LeavesOutOnlyPointsThatTheCandidateCannotChange(bool byBoxes) => Problem.ForAll(Problem.Any(1500, 6), problem =>
    {
        var points = problem.Points<T>();
        var index = new SpatialIndex<T>(points, byBoxes, new ParallelOptions());
        var kernel = TileKernel<T>.ForThisProcessor();
        var nearest = new NearestChosen<T>(points, index);
        int width = PointTile.Width<T>();

        // The squared distances to the first point, by the textbook.
        var squares = new T[points.Count];
        for (int i = 0; i < squares.Length; i++)
        {
            squares[i] = Textbook.SquaredDistance(points[i], points[0]);
        }

        using (var tiles = new TileCursor<T>(points, index.Order, 0, points.Count, CancellationToken.None))
        {
            while (tiles.MoveNext())
            {
                var known = new T[width];
                for (int lane = 0; lane < tiles.Count; lane++)
                {
                    known[lane] = squares[tiles.PointAt(lane)];
                }

                nearest.SetTile(tiles, known);
            }
        }

        int candidate = points.Count / 2;
        var bytes = ByteKernel.ForThisProcessor(width);
        var quantized = byBoxes || bytes is null ? null : QuantizedPoints<T>.Of(points, bytes, new ParallelOptions());
        var reach = new Reach<T>(nearest, new CentroidPanels<T>(points[candidate], points.Dimension), kernel, quantized, quantized?.Rows(points, [candidate]));
        var near = new uint[nearest.TileCount];
        for (int block = 0; block < nearest.Blocks.Count; block++)
        {
            int tiles = (nearest.Blocks.Length(block) + width - 1) / width;
            reach.Find(block, near.AsSpan(nearest.Blocks.Start(block) / width, tiles), new GainRange[1], CancellationToken.None);
        }

        using var all = new TileCursor<T>(points, index.Order, 0, points.Count, CancellationToken.None);
        while (all.MoveNext())
        {
            uint found = near[all.First / width];
            if (all.Count < 32 && found >> all.Count != 0)
            {
                return false; // where there is no point
            }

            for (int lane = 0; lane < all.Count; lane++)
            {
                int point = all.PointAt(lane);
                if (((found >> lane) & 1) == 0 && Textbook.SquaredDistance(points[point], points[candidate]) < squares[point])
                {
                    return false;
                }
            }
        }

        return true;
    });

    [Fact]
    public void Draw_IsByWeightTimesSquare()
    {
        var points = Points.Of<T>(1, 0, 1, 2, 3);
        var nearest = new NearestChosen<T>(points, new SpatialIndex<T>(points, isWanted: false, new ParallelOptions()));
        using (var tiles = new TileCursor<T>(points, null, 0, 4, CancellationToken.None))
        {
            tiles.MoveNext();
            var squares = new T[PointTile.Width<T>()];
            (squares[1], squares[2], squares[3]) = (T.One, T.CreateChecked(4), T.CreateChecked(9));
            nearest.SetTile(tiles, squares);
        }

        nearest.SumBlocks();
        var random = new Xoshiro256(4);
        int[] drawn = [.. Enumerable.Range(0, 14_000).Select(_ => nearest.Draw(random))];

        Assert.Equal(14, nearest.Inertia);
        Assert.DoesNotContain(0, drawn);
        Assert.InRange(drawn.Count(point => point == 1), 850, 1150);
        Assert.InRange(drawn.Count(point => point == 2), 3800, 4200);
    }
}

public sealed class NearestChosenOfSingleTests : NearestChosenTests<float>;

public sealed class NearestChosenOfDoubleTests : NearestChosenTests<double>;
