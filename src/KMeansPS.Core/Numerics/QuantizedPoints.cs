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
/// squares of distances between bytes are whole numbers, and exact.
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

    // A distance from the points, times and plus these, is one between bytes.
    private readonly T _scale;
    private readonly T _reach;

    private QuantizedPoints(PointSet<T> points, T[] least, T perStep, ByteKernel kernel, ParallelOptions parallel)
    {
        _kernel = kernel;
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
                errors[block] = T.Max(errors[block], Quantize(tiles.Load(), least, perStep, OfTile(tiles.First / _width)));
            }
        });

        // What rounding adds to the errors is far less than these margins.
        double error = (1.01 * Math.Sqrt(double.CreateTruncating(errors.Max()))) + (1e-4 * Math.Sqrt(_dimension));
        double steps = double.CreateTruncating(perStep) * 1.00001;
        _scale = T.CreateTruncating(steps * (1 + Precision.RoundingOfGap<T>(_dimension)));
        _reach = T.CreateTruncating((2.00001 * error) + (steps * Precision.UnderflowOfGap<T>(_dimension)));
    }

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
    internal int[] Rows(ReadOnlySpan<int> points)
    {
        int length = ByteKernel.LengthOfRow(_dimension);
        var rows = new int[points.Length * length];
        var values = new byte[_dimension];
        for (int i = 0; i < points.Length; i++)
        {
            var tile = OfTile(points[i] / _width);
            for (int j = 0; j < values.Length; j++)
            {
                values[j] = tile[PlaceOf(points[i] % _width, j)];
            }

            ByteKernel.MakeRow(values, rows.AsSpan(i * length, length));
        }

        return rows;
    }

    /// <summary>Finds all points of a tile that can be nearer to some rows than is known, and few others.</summary>
    /// <param name="tile">The number of the tile.</param>
    /// <param name="known">width squared distances, as the kernels measure them; they may be infinite.</param>
    /// <param name="rows">m points as <see cref="Rows"/> makes them.</param>
    /// <param name="near">For each row one bit a point, the first lowest.</param>
    internal void FindNear(int tile, ReadOnlySpan<T> known, ReadOnlySpan<int> rows, Span<uint> near)
    {
        Span<int> limits = stackalloc int[_width];
        SetLimits(known, limits);
        _kernel.FindWithin(OfTile(tile), limits, rows, near);
    }

    private Span<byte> OfTile(int tile) => _bytes.AsSpan(tile * _bytesOfTile, _bytesOfTile);

    private int PlaceOf(int lane, int column) => (((column / 4 * _width) + lane) * 4) + (column % 4);

    // The squares of known distances, in steps, with the errors of both points. A square root for each point.
    private void SetLimits(ReadOnlySpan<T> known, Span<int> limits)
    {
        var squares = MemoryMarshal.Cast<T, Vector<T>>(known);
        var most = new Vector<T>(T.CreateTruncating(ByteKernel.LargestSquare));
        var whole = MemoryMarshal.Cast<int, Vector<int>>(limits);
        Debug.Assert(squares.Length * Vector<T>.Count == known.Length, "A tile is made of whole vectors.");
        if (typeof(T) == typeof(float))
        {
            for (int i = 0; i < squares.Length; i++)
            {
                whole[i] = Vector.ConvertToInt32(Limit(squares[i], most).As<T, float>());
            }
        }
        else
        {
            for (int i = 0; i < whole.Length; i++)
            {
                whole[i] = Vector.ConvertToInt32(Vector.Narrow(Limit(squares[2 * i], most).As<T, double>(), Limit(squares[(2 * i) + 1], most).As<T, double>()));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<T> Limit(Vector<T> square, Vector<T> most)
    {
        var radius = (Vector.SquareRoot(square) * _scale) + new Vector<T>(_reach);
        var limit = radius * radius;
        return Vector.ConditionalSelect(Vector.LessThan(limit, most), limit, most); // Min would look for NaN and signs of zeros
    }

    // Gives back the largest squared error of a point of the tile, in steps. A few operations for each value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T Quantize(ReadOnlySpan<T> tile, T[] least, T perStep, Span<byte> bytes)
    {
        Span<T> rounded = stackalloc T[_width];
        Span<T> errors = stackalloc T[_width];
        errors.Clear();
        var places = MemoryMarshal.Cast<T, Vector<T>>(rounded);
        var sums = MemoryMarshal.Cast<T, Vector<T>>(errors);
        for (int j = 0; j < _dimension; j++)
        {
            var values = MemoryMarshal.Cast<T, Vector<T>>(tile.Slice(j * _width, _width));
            var offset = new Vector<T>(least[j]);
            for (int i = 0; i < values.Length; i++)
            {
                var steps = (values[i] - offset) * perStep;
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
}
