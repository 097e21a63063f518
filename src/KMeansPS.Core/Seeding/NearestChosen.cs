using System.Numerics;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>The squared distance of each point to the nearest of the centroids that are chosen so far, and their sums.</summary>
internal sealed class NearestChosen<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _points;
    private readonly SpatialIndex<T> _index;
    private readonly int _width = PointTile.Width<T>();

    // In the places of the index's order, as are the tiles.
    private readonly T[] _squares;
    private readonly T[] _largest;
    private readonly double[] _inertia;
    private readonly double[] _ofBlock;

    internal NearestChosen(PointSet<T> points, SpatialIndex<T> index)
    {
        _points = points;
        _index = index;
        Blocks = Blocks.For(points.Count);
        _squares = new T[points.Count];
        _largest = new T[(points.Count + _width - 1) / _width];
        _inertia = new double[_largest.Length];
        _ofBlock = new double[Blocks.Count];
        Array.Fill(_squares, T.PositiveInfinity);
        Array.Fill(_largest, T.PositiveInfinity);
    }

    internal Blocks Blocks { get; }

    /// <summary>The sum of the weighted squared distances of all points.</summary>
    internal double Inertia { get; private set; } = double.PositiveInfinity;

    /// <summary>The boxes of the tiles; null where they would say nothing.</summary>
    internal TileBoxes<T>? Boxes => _index.Boxes;

    internal int TileCount => _inertia.Length;

    internal T LargestOfTile(int tile) => _largest[tile];

    /// <summary>The squared distances of a tile's points, and 0 in the lanes without one.</summary>
    internal void CopyTile(in TileCursor<T> tiles, Span<T> squares)
    {
        squares.Clear();
        _squares.AsSpan(tiles.First, tiles.Count).CopyTo(squares);
    }

    internal void SetTile(in TileCursor<T> tiles, ReadOnlySpan<T> squares)
    {
        squares[..tiles.Count].CopyTo(_squares.AsSpan(tiles.First));
        T largest = T.Zero;
        double inertia = 0;
        for (int lane = 0; lane < tiles.Count; lane++)
        {
            largest = squares[lane] > largest ? squares[lane] : largest;
            inertia += WeightedSquare(tiles.First + lane);
        }

        _largest[tiles.First / _width] = largest;
        _inertia[tiles.First / _width] = inertia;
    }

    /// <summary>Sums the tiles anew, in their order.</summary>
    internal void SumBlocks()
    {
        Inertia = 0;
        for (int block = 0; block < _ofBlock.Length; block++)
        {
            double sum = 0;
            int end = Blocks.Start(block) + Blocks.Length(block);
            for (int tile = Blocks.Start(block) / _width; tile * _width < end; tile++)
            {
                sum += _inertia[tile];
            }

            _ofBlock[block] = sum;
            Inertia += sum;
        }
    }

    /// <summary>Draws a point by its weighted squared distance.</summary>
    internal int Draw(Xoshiro256 random)
    {
        double target = Inertia * random.NextDouble();
        int last = -1;
        for (int block = 0; block < _ofBlock.Length; block++)
        {
            if (target >= _ofBlock[block] && block < _ofBlock.Length - 1)
            {
                target -= _ofBlock[block];
                continue;
            }

            last = DrawFrom(block, ref target);
            if (last >= 0)
            {
                break;
            }
        }

        // Rounding can lead past the last distance: then the last point that has one is drawn.
        for (int block = _ofBlock.Length - 1; last < 0; block--)
        {
            double all = double.PositiveInfinity;
            last = DrawFrom(block, ref all);
        }

        return _index.Order is { } order ? order[last] : last;
    }

    /// <summary>Draws each point of a block by itself, with a probability of its weighted squared distance times a rate.</summary>
    internal List<int> DrawEach(int block, double rate, Xoshiro256 random)
    {
        var drawn = new List<int>();
        int end = Blocks.Start(block) + Blocks.Length(block);
        for (int place = Blocks.Start(block); place < end; place++)
        {
            if (random.NextDouble() < rate * WeightedSquare(place))
            {
                drawn.Add(_index.Order is { } order ? order[place] : place);
            }
        }

        return drawn;
    }

    // The place in a block at which the sum of its weighted squares passes the target, else the last that has one.
    private int DrawFrom(int block, ref double target)
    {
        int last = -1;
        int end = Blocks.Start(block) + Blocks.Length(block);
        for (int place = Blocks.Start(block); place < end; place++)
        {
            double weight = WeightedSquare(place);
            if (weight > 0)
            {
                last = place;
                if (target < weight)
                {
                    break;
                }

                target -= weight;
            }
        }

        return last;
    }

    private double WeightedSquare(int place)
    {
        double square = double.CreateTruncating(_squares[place]);
        return _points.IsWeighted ? square * _points.Weights[_index.Order is { } order ? order[place] : place] : square;
    }
}
