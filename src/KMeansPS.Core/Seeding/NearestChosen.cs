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
        foreach (int tile in tiles)
        {
            _inertia[tile] = _points.IsWeighted ? WeightedSum(tile) : VectorSum.Of<T>(_squares.AsSpan(tile * _width, _width), default);
        }

        for (int i = 0; i < tiles.Length && _largest.Length > 0; i++)
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
        int block = Pass(_ofBlock, ref target);
        int first = Blocks.Start(block);
        int tile = (first / _width) + Pass(_inertia.AsSpan(first / _width, (Blocks.Length(block) + _width - 1) / _width), ref target);
        Span<double> ofPlaces = stackalloc double[Math.Min(_width, _points.Count - (tile * _width))];
        for (int lane = 0; lane < ofPlaces.Length; lane++)
        {
            ofPlaces[lane] = WeightedSquare((tile * _width) + lane);
        }

        int place = (tile * _width) + Pass(ofPlaces, ref target);
        return _order is null ? place : _order[place];
    }

    // Where the sum of what is before passes the target, which is lowered by it; where rounding leads past all, the last that is not 0.
    private static int Pass(ReadOnlySpan<double> weights, ref double target)
    {
        int last = 0;
        double left = target;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                (last, target) = (i, left);
                if (left < weights[i])
                {
                    break;
                }

                left -= weights[i];
            }
        }

        return last;
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

    private double WeightedSum(int tile)
    {
        var weights = _points.Weights;
        int first = tile * _width;
        int count = Math.Min(_width, _points.Count - first);
        if (_order is not null)
        {
            Span<double> inOrder = stackalloc double[count];
            for (int lane = 0; lane < count; lane++)
            {
                inOrder[lane] = weights[_order[first + lane]];
            }

            return VectorSum.Of<T>(_squares.AsSpan(first, count), inOrder);
        }

        return VectorSum.Of<T>(_squares.AsSpan(first, count), weights.Slice(first, count));
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
        double square = Precision.ToDouble(_squares[place]);
        return _points.IsWeighted ? square * _points.Weights[_order is null ? place : _order[place]] : square;
    }
}
