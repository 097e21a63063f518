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

    // In the places of the index's order, as are the tiles.
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
        _squares = new T[points.Count];
        _inertia = new double[(points.Count + _width - 1) / _width];
        _largest = new T[Boxes is null ? 0 : _inertia.Length];
        _ofBlock = new double[Blocks.Count];
        Array.Fill(_squares, T.PositiveInfinity);
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

    /// <summary>The squared distances of a tile's points, and 0 in the lanes without one.</summary>
    internal void CopyTile(in TileCursor<T> tiles, Span<T> squares)
    {
        squares.Clear();
        _squares.AsSpan(tiles.First, tiles.Count).CopyTo(squares);
    }

    /// <summary>As <see cref="CopyTile"/>, but a whole tile where it is.</summary>
    /// <param name="tiles">Stands at the tile.</param>
    /// <param name="room">For the copy: width squared distances.</param>
    internal ReadOnlySpan<T> Tile(in TileCursor<T> tiles, Span<T> room)
    {
        if (tiles.Count == _width)
        {
            return _squares.AsSpan(tiles.First, _width);
        }

        CopyTile(tiles, room);
        return room;
    }

    internal void SetTile(in TileCursor<T> tiles, ReadOnlySpan<T> squares)
    {
        squares[..tiles.Count].CopyTo(_squares.AsSpan(tiles.First));
        SumTile(tiles.First / _width);
    }

    /// <summary>Sums a tile anew whose squared distances were set one by one.</summary>
    internal void SumTile(int tile)
    {
        int first = tile * _width;
        var squares = _squares.AsSpan(first, Math.Min(_width, _squares.Length - first));
        _inertia[tile] = _points.IsWeighted ? WeightedSum(first, squares.Length) : Sum(squares);
        if (_largest.Length > 0)
        {
            _largest[tile] = Largest(squares);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(ReadOnlySpan<T> squares)
    {
        double sum = 0;
        foreach (T square in squares)
        {
            sum += double.CreateTruncating(square);
        }

        return sum;
    }

    private double WeightedSum(int first, int count)
    {
        double sum = 0;
        for (int place = first; place < first + count; place++)
        {
            sum += WeightedSquare(place);
        }

        return sum;
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
