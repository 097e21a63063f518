using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KMeansPS.Numerics;

/// <summary>
/// A copy of the points in 7 bits a value, to find out which of them can be nearer to another point than a distance that
/// is known, without a look at the points themselves. A byte q stands for least + step x q, with one step for all columns
/// and an offset for each; e is the greatest distance between a point and its bytes, in steps. By the triangle
/// inequality points x and c are at least step x (|qx - qc| - 2 e) apart, and where that is more than the known
/// distance, by more than the rounding of both distances as the kernels measure them, x cannot be nearer to c. The
/// squares of distances between bytes are whole numbers, and exact. Their sums also tell, within bounds, by how much c
/// would lower the known distances.
/// </summary>
internal sealed class QuantizedPoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int LargestByte = 127;

    // Added to a number from 0 to 127 it leaves the nearest whole number in the lowest bits.
    private static readonly T Rounder = T.CreateTruncating(typeof(T) == typeof(float) ? 3 << 22 : 3L << 51);

    private readonly ByteKernel _kernel;
    private readonly int _dimension;
    private readonly int _width = PointTile.Width<T>();
    private readonly int _bytesOfTile;
    private readonly byte[] _bytes;
    private readonly int _count;

    // A value is least + step x q.
    private readonly T[] _least;
    private readonly T _perStep;

    // How far the bytes of any point lie from it, in steps.
    private readonly double _error;

    // A distance from the points, times and plus these, is one between bytes.
    private readonly T _scale;
    private readonly T _reach;

    // Sums of so many tiles fit into 32 bits.
    private readonly int _tilesOfSum;

    private QuantizedPoints(PointSet<T> points, T[] least, T perStep, ByteKernel kernel, ParallelOptions parallel)
    {
        _kernel = kernel;
        _count = points.Count;
        _least = least;
        _perStep = perStep;
        _dimension = points.Dimension;
        _bytesOfTile = (_dimension + 3) / 4 * 4 * _width;
        _bytes = new byte[(points.Count + _width - 1) / _width * _bytesOfTile];
        var blocks = Blocks.For(points.Count);
        var errors = new T[blocks.Count];
        blocks.ForEach(parallel, block =>
        {
            using var tiles = new TileCursor<T>(points, order: null, blocks.Start(block), blocks.Length(block), parallel.CancellationToken);
            while (tiles.MoveNext())
            {
                errors[block] = T.Max(errors[block], Quantize(tiles.Load(), OfTile(tiles.First / _width)));
            }
        });

        _error = WithRounding(Math.Sqrt(double.CreateTruncating(errors.Max())));
        double steps = double.CreateTruncating(perStep) * 1.00001;
        _scale = T.CreateTruncating(steps * (1 + Precision.RoundingOfGap<T>(_dimension)));
        _reach = T.CreateTruncating((2.00001 * _error) + Underflow);
        double largest = (LargestByte * Math.Sqrt(_dimension)) + (2 * _error);
        _tilesOfSum = Math.Max(1, (int)(int.MaxValue / (4 * largest * largest)));
    }

    // What underflow may take from a distance, in steps.
    private double Underflow => 1.00001 * double.CreateTruncating(_perStep) * Precision.UnderflowOfGap<T>(_dimension);

    /// <summary>Makes the copy: d bytes a point, rounded up to whole fours. Null where it would tell nothing.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="boxes">The kernel that finds the ranges of the columns.</param>
    /// <param name="kernel">The kernel that measures.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static QuantizedPoints<T>? Of(PointSet<T> points, TileKernel<T> boxes, ByteKernel kernel, ParallelOptions parallel)
    {
        int d = points.Dimension;
        var blocks = Blocks.For(points.Count);
        var ofBlock = new T[blocks.Count][];
        blocks.ForEach(parallel, block => ofBlock[block] = Enclose(points, boxes, blocks.Start(block), blocks.Length(block), parallel.CancellationToken));
        var box = ofBlock[0];
        foreach (var other in ofBlock)
        {
            Extend(box, other);
        }

        double range = 0;
        for (int j = 0; j < d; j++)
        {
            range = Math.Max(range, double.CreateTruncating(box[d + j]) - double.CreateTruncating(box[j]));
        }

        T perStep = T.CreateTruncating(LargestByte / range);
        return T.IsNormal(perStep) && d <= ByteKernel.MaxDimension ? new QuantizedPoints<T>(points, box[..d], perStep, kernel, parallel) : null;
    }

    /// <summary>Some of the points as rows to measure against.</summary>
    internal QuantizedRows Rows(PointSet<T> points, ReadOnlySpan<int> indices)
    {
        int length = ByteKernel.LengthOfRow(_dimension);
        var rows = new QuantizedRows(new int[indices.Length * length], new double[indices.Length]);
        var values = new byte[_dimension];
        for (int i = 0; i < indices.Length; i++)
        {
            var point = points[indices[i]];
            var tile = OfTile(indices[i] / _width);
            double square = 0;
            for (int j = 0; j < values.Length; j++)
            {
                values[j] = tile[PlaceOf(indices[i] % _width, j)];
                double error = double.CreateTruncating((point[j] - _least[j]) * _perStep) - values[j];
                square += error * error;
            }

            rows.Errors[i] = WithRounding(Math.Sqrt(square));
            ByteKernel.MakeRow(values, rows.Values.AsSpan(i * length, length));
        }

        return rows;
    }

    /// <summary>
    /// Finds all points of some tiles that can be nearer to some rows than is known, and few others, and by how much each
    /// row would lower the sum of the known squares. d multiplications of bytes for each point and row.
    /// </summary>
    /// <param name="first">The number of the first tile.</param>
    /// <param name="known">width squared distances for each tile, as the kernels measure them; they may be infinite, but then the gains say nothing.</param>
    /// <param name="rows">m points as <see cref="Rows"/> makes them.</param>
    /// <param name="near">For each tile and row one bit a point, the first lowest.</param>
    /// <param name="gains">For each row the bounds of its gain.</param>
    internal void FindNear(int first, ReadOnlySpan<T> known, QuantizedRows rows, Span<uint> near, Span<GainRange> gains)
    {
        int m = rows.Count;
        Span<int> limits = stackalloc int[_width];
        Span<int> squares = stackalloc int[_width];
        Span<int> sums = stackalloc int[m * ByteKernel.LengthOfSums];
        Span<GainSum> totals = stackalloc GainSum[m];
        sums.Clear();
        int tiles = known.Length / _width;
        for (int tile = 0; tile < tiles; tile++)
        {
            SetLimits(known.Slice(tile * _width, _width), limits, squares);
            var nearHere = near.Slice(tile * m, m);
            _kernel.FindWithin(OfTile(first + tile), limits, squares, rows.Values, nearHere, sums);
            uint all = uint.MaxValue >> (32 - Math.Min(_width, _count - ((first + tile) * _width)));
            for (int row = 0; row < m; row++)
            {
                totals[row].Points += BitOperations.PopCount(nearHere[row]);
                nearHere[row] &= all;
            }

            if ((tile + 1) % _tilesOfSum == 0 || tile + 1 == tiles)
            {
                for (int row = 0; row < m; row++)
                {
                    totals[row].Add(sums.Slice(row * ByteKernel.LengthOfSums, ByteKernel.LengthOfSums));
                }

                sums.Clear();
            }
        }

        for (int row = 0; row < m; row++)
        {
            gains[row] = Range(totals[row], rows.Errors[row]);
        }
    }

    // With Q = |qx - qc|^2 in bytes and r the sum of both errors, the square of the true distance is at least Q - 2 r sqrt(Q)
    // and at most Q + 2 r sqrt(Q) + r^2, and the roots of the Q of s points add up to at most sqrt(s x their sum). Points that
    // were found and are not nearer can only widen the bounds.
    private GainRange Range(GainSum sum, double errorOfRow)
    {
        double squares = Math.Max(0, sum.Known - sum.Gain) + sum.Points;
        double error = _error + errorOfRow + Underflow;
        double either = 2 * error * Math.Sqrt(sum.Points * squares);
        double rounding = (2 * sum.Points) + (((2 * Precision.RoundingOfGap<T>(_dimension)) + 1e-5) * (sum.Known + squares));
        double stepsSquared = double.CreateTruncating(_perStep) * double.CreateTruncating(_perStep);
        return new GainRange(
            Math.Max(0, sum.Gain - either - (error * error * sum.Points) - rounding) / stepsSquared,
            (sum.Gain + either + rounding) / stepsSquared);
    }

    // What rounding adds to the errors is far less than these margins.
    private double WithRounding(double error) => (1.01 * error) + (1e-4 * Math.Sqrt(_dimension));

    private Span<byte> OfTile(int tile) => _bytes.AsSpan(tile * _bytesOfTile, _bytesOfTile);

    private int PlaceOf(int lane, int column) => (((column / 4 * _width) + lane) * 4) + (column % 4);

    // Known squares in steps, and the limits that follow with the errors of both points. A square root for each point.
    private void SetLimits(ReadOnlySpan<T> known, Span<int> limits, Span<int> squares)
    {
        var values = MemoryMarshal.Cast<T, Vector<T>>(known);
        var wholeLimits = MemoryMarshal.Cast<int, Vector<int>>(limits);
        var wholeSquares = MemoryMarshal.Cast<int, Vector<int>>(squares);
        Debug.Assert(values.Length * Vector<T>.Count == known.Length, "A tile is made of whole vectors.");
        for (int i = 0, at = 0; i < wholeLimits.Length; i++)
        {
            var root = Vector.SquareRoot(values[at++]);
            var (limit, square) = (Square((root * _scale) + new Vector<T>(_reach)), Square(root * _perStep));
            if (typeof(T) == typeof(float))
            {
                wholeLimits[i] = Vector.ConvertToInt32(limit.As<T, float>());
                wholeSquares[i] = Vector.ConvertToInt32(square.As<T, float>());
            }
            else
            {
                root = Vector.SquareRoot(values[at++]);
                var (nextLimit, nextSquare) = (Square((root * _scale) + new Vector<T>(_reach)), Square(root * _perStep));
                wholeLimits[i] = Vector.ConvertToInt32(Vector.Narrow(limit.As<T, double>(), nextLimit.As<T, double>()));
                wholeSquares[i] = Vector.ConvertToInt32(Vector.Narrow(square.As<T, double>(), nextSquare.As<T, double>()));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Square(Vector<T> root)
    {
        var most = new Vector<T>(T.CreateTruncating(ByteKernel.LargestSquare));
        var square = root * root;
        return Vector.ConditionalSelect(Vector.LessThan(square, most), square, most); // Min would look for NaN and signs of zeros
    }

    // Gives back the largest squared error of a point of the tile, in steps. A few operations for each value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T Quantize(ReadOnlySpan<T> tile, Span<byte> bytes)
    {
        Span<T> rounded = stackalloc T[_width];
        Span<T> errors = stackalloc T[_width];
        errors.Clear();
        var places = MemoryMarshal.Cast<T, Vector<T>>(rounded);
        var sums = MemoryMarshal.Cast<T, Vector<T>>(errors);
        for (int j = 0; j < _dimension; j++)
        {
            var values = MemoryMarshal.Cast<T, Vector<T>>(tile.Slice(j * _width, _width));
            var offset = new Vector<T>(_least[j]);
            for (int i = 0; i < values.Length; i++)
            {
                var steps = (values[i] - offset) * _perStep;
                var place = steps + new Vector<T>(Rounder);
                var error = steps - (place - new Vector<T>(Rounder));
                places[i] = place;
                sums[i] += error * error;
            }

            int at = PlaceOf(0, j);
            foreach (T place in rounded)
            {
                bytes[at] = LowestByte(place);
                at += 4;
            }
        }

        T largest = T.Zero;
        foreach (T error in errors)
        {
            largest = T.Max(largest, error);
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte LowestByte(T value) => typeof(T) == typeof(float)
        ? (byte)Unsafe.BitCast<T, uint>(value)
        : (byte)Unsafe.BitCast<T, ulong>(value);

    private static T[] Enclose(PointSet<T> points, TileKernel<T> kernel, int start, int length, CancellationToken cancellationToken)
    {
        T[]? all = null;
        var box = new T[2 * points.Dimension];
        using var tiles = new TileCursor<T>(points, order: null, start, length, cancellationToken);
        while (tiles.MoveNext())
        {
            kernel.Enclose(tiles.Load(), box);
            Extend(all ??= [.. box], box);
        }

        return all!;
    }

    private static void Extend(T[] box, T[] other)
    {
        int d = box.Length / 2;
        for (int j = 0; j < d; j++)
        {
            box[j] = T.Min(box[j], other[j]);
            box[d + j] = T.Max(box[d + j], other[d + j]);
        }
    }

    // Sums over the points that were found: what is known of them, what that is above their distance to a row, how many.
    private struct GainSum
    {
        internal long Points;
        internal long Gain;
        internal long Known;

        internal void Add(ReadOnlySpan<int> sums)
        {
            for (int i = 0; i < sums.Length / 2; i++)
            {
                Gain += sums[i];
                Known += sums[(sums.Length / 2) + i];
            }
        }
    }
}
