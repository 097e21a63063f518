using System.Numerics;
using System.Runtime.CompilerServices;
using KMeansPS.Numerics;

namespace KMeansPS.Seeding;

/// <summary>The squared distance of each point to the nearest of the centroids that are chosen so far, and their sums.</summary>
internal sealed class NearestChosen<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PointSet<T> _points;
    private readonly int[]? _order;
    private readonly int _width = PointTile.Width<T>();

    // In the places of the index's order, as are the tiles, which are filled up with 0.
    private readonly T[] _squares;
    private readonly T[] _largest;
    private readonly double[] _inertia;
    private readonly double[] _ofBlock;

    internal NearestChosen(PointSet<T> points, SpatialIndex<T> index)
    {
        _points = points;
        _order = index.Order;
        Boxes = index.Boxes;
        Blocks = Blocks.For(points.Count);
        _inertia = new double[(points.Count + _width - 1) / _width];
        _squares = new T[_inertia.Length * _width];
        _largest = new T[Boxes is null ? 0 : _inertia.Length];
        _ofBlock = new double[Blocks.Count];
        Array.Fill(_squares, T.PositiveInfinity, 0, points.Count);
        Array.Fill(_largest, T.PositiveInfinity);
    }

    internal Blocks Blocks { get; }

    /// <summary>The sum of the weighted squared distances of all points.</summary>
    internal double Inertia { get; private set; } = double.PositiveInfinity;

    /// <summary>The boxes of the tiles; null where they would say nothing.</summary>
    internal TileBoxes<T>? Boxes { get; }

    internal int TileCount => _inertia.Length;

    /// <summary>The squared distance of the point at a place.</summary>
    internal T this[int place]
    {
        get => _squares[place];
        set => _squares[place] = value;
    }

    internal T LargestOfTile(int tile) => _largest[tile];

    /// <summary>The squared distances of a block's points, and 0 in the lanes of its tiles that have none.</summary>
    internal ReadOnlySpan<T> OfBlock(int block)
    {
        int first = Blocks.Start(block);
        return _squares.AsSpan(first, (Blocks.Length(block) + _width - 1) / _width * _width);
    }

    /// <summary>The squared distances of a tile's points, and 0 in the lanes without one.</summary>
    internal ReadOnlySpan<T> this[in TileCursor<T> tiles] => _squares.AsSpan(tiles.First, _width);

    internal void SetTile(in TileCursor<T> tiles, ReadOnlySpan<T> squares)
    {
        squares[..tiles.Count].CopyTo(_squares.AsSpan(tiles.First));
        SumTiles([tiles.First / _width]);
    }

    /// <summary>Sums some tiles anew whose squared distances were set one by one.</summary>
    internal void SumTiles(ReadOnlySpan<int> tiles)
    {
        int i = 0;
        for (; i + 4 <= tiles.Length && !_points.IsWeighted; i += 4)
        {
            Sum(tiles.Slice(i, 4));
        }

        for (; i < tiles.Length; i++)
        {
            double sum = 0;
            for (int place = tiles[i] * _width; place < Math.Min(_points.Count, (tiles[i] + 1) * _width); place++)
            {
                sum += WeightedSquare(place);
            }

            _inertia[tiles[i]] = sum;
        }

        for (i = 0; i < tiles.Length && _largest.Length > 0; i++)
        {
            _largest[tiles[i]] = Largest(_squares.AsSpan(tiles[i] * _width, _width));
        }
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

        return _order is null ? last : _order[last];
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
                drawn.Add(_order is null ? place : _order[place]);
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

    // Four tiles at a time: their sums do not wait for one another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(ReadOnlySpan<int> tiles)
    {
        var first = _squares.AsSpan(tiles[0] * _width, _width);
        var second = _squares.AsSpan(tiles[1] * _width, _width);
        var third = _squares.AsSpan(tiles[2] * _width, _width);
        var fourth = _squares.AsSpan(tiles[3] * _width, _width);
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
        for (int lane = 0; lane < first.Length; lane++)
        {
            sum0 += double.CreateTruncating(first[lane]);
            sum1 += double.CreateTruncating(second[lane]);
            sum2 += double.CreateTruncating(third[lane]);
            sum3 += double.CreateTruncating(fourth[lane]);
        }

        _inertia[tiles[0]] = sum0;
        _inertia[tiles[1]] = sum1;
        _inertia[tiles[2]] = sum2;
        _inertia[tiles[3]] = sum3;
    }

    private static T Largest(ReadOnlySpan<T> squares)
    {
        T largest = T.Zero;
        foreach (T square in squares)
        {
            largest = square > largest ? square : largest;
        }

        return largest;
    }

    private double WeightedSquare(int place)
    {
        double square = double.CreateTruncating(_squares[place]);
        return _points.IsWeighted ? square * _points.Weights[_order is null ? place : _order[place]] : square;
    }
}
