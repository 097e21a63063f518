using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    // Squares of less lose digits in double; that they do not overflow is seen to by the points.
    private const double LeastSquare = 1e-280;

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

    // A distance from the points, times this and plus the errors of both, is one between bytes.
    private readonly T _scale;

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
        blocks.ForEach(parallel, block => errors[block] = Quantize(points, blocks.Start(block), blocks.Length(block), parallel.CancellationToken));
        _error = WithRounding(Math.Sqrt(double.CreateTruncating(errors.Max())));
        double steps = double.CreateTruncating(perStep) * 1.00001;
        _scale = T.CreateTruncating(steps * (1 + Precision.RoundingOfGap<T>(_dimension)));
        double largest = (LargestByte * Math.Sqrt(_dimension)) + (2 * _error);
        _tilesOfSum = Math.Max(1, (int)(int.MaxValue / (4 * largest * largest)));
    }

    // What underflow may take from a distance, in steps.
    private double Underflow => 1.00001 * double.CreateTruncating(_perStep) * Precision.UnderflowOfGap<T>(_dimension);

    /// <summary>Makes the copy: d bytes a point, rounded up to whole fours. Null where it would tell nothing.</summary>
    /// <param name="points">n x d points.</param>
    /// <param name="kernel">The kernel that measures.</param>
    /// <param name="parallel">Threads and cancellation.</param>
    internal static QuantizedPoints<T>? Of(PointSet<T> points, ByteKernel kernel, ParallelOptions parallel)
    {
        var blocks = Blocks.For(points.Count);
        var ofBlock = new (T[] Least, T[] Largest)[blocks.Count];
        blocks.ForEach(parallel, block => ofBlock[block] = Enclose(points, blocks.Start(block), blocks.Length(block)));
        var (least, largest) = ofBlock[0];
        foreach (var other in ofBlock)
        {
            Extend(least, largest, other.Least, other.Largest);
        }

        double range = 0;
        for (int j = 0; j < least.Length; j++)
        {
            range = Math.Max(range, double.CreateTruncating(largest[j]) - double.CreateTruncating(least[j]));
        }

        T perStep = T.CreateTruncating(LargestByte / range);
        return T.IsNormal(perStep) && range * range > LeastSquare && points.Dimension <= ByteKernel.MaxDimension ? new QuantizedPoints<T>(points, least, perStep, kernel, parallel) : null;
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
        double reach = (1.00001 * (_error + rows.Errors.Max())) + Underflow;
        Span<int> limits = stackalloc int[_width];
        Span<int> squares = stackalloc int[_width];
        Span<int> sums = stackalloc int[m * ByteKernel.LengthOfSums];
        var totals = new GainSum[m];
        sums.Clear();
        int tiles = known.Length / _width;
        for (int tile = 0; tile < tiles; tile++)
        {
            SetLimits(known.Slice(tile * _width, _width), T.CreateTruncating(1.00001 * reach), limits, squares);
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
            gains[row] = Range(totals[row], _error + rows.Errors[row] + Underflow, reach);
        }
    }

    // With Q = |qx - qc|^2 in bytes and e the sum of both errors, the square of the true distance is at least Q - 2 e sqrt(Q)
    // and at most Q + 2 e sqrt(Q) + e^2, and the roots of the Q of s points add up to at most sqrt(s x their sum). A point
    // that is not nearer lowers the lower bound; it does not lower the upper one if there e is what it was found with.
    private GainRange Range(GainSum sum, double error, double reach)
    {
        double squares = Math.Max(0, sum.Known - sum.Gain) + sum.Points;
        double roots = Math.Sqrt(sum.Points * squares);
        double rounding = (2 * sum.Points) + (((2 * Precision.RoundingOfGap<T>(_dimension)) + 1e-5) * (sum.Known + squares));
        double stepsSquared = double.CreateTruncating(_perStep) * double.CreateTruncating(_perStep);
        return new GainRange(
            Math.Max(0, sum.Gain - (2 * error * roots) - (error * error * sum.Points) - rounding) / stepsSquared,
            (sum.Gain + (2 * reach * roots) + rounding) / stepsSquared);
    }

    // What rounding adds to the errors is far less than these margins.
    private double WithRounding(double error) => (1.01 * error) + (1e-4 * Math.Sqrt(_dimension));

    private Span<byte> OfTile(int tile) => _bytes.AsSpan(tile * _bytesOfTile, _bytesOfTile);

    private int PlaceOf(int lane, int column) => (((column / 4 * _width) + lane) * 4) + (column % 4);

    // Known squares in steps, and the limits that follow with the errors of both points. A square root for each point.
    private void SetLimits(ReadOnlySpan<T> known, T reach, Span<int> limits, Span<int> squares)
    {
        if (typeof(T) == typeof(float) && Vector512.IsHardwareAccelerated)
        {
            for (int at = 0; at < known.Length; at += Vector512<float>.Count)
            {
                var root = Vector512.Sqrt(Vector512.LoadUnsafe(in known[at]));
                WholeSquares((root * _scale) + Vector512.Create(reach)).CopyTo(limits[at..]);
                WholeSquares(root * _perStep).CopyTo(squares[at..]);
            }
        }
        else
        {
            for (int at = 0; at < known.Length; at += Vector256<int>.Count)
            {
                var lower = Vector256.Sqrt(Vector256.LoadUnsafe(in known[at]));
                var upper = typeof(T) == typeof(float) ? lower : Vector256.Sqrt(Vector256.LoadUnsafe(in known[at + Vector256<T>.Count]));
                WholeSquares((lower * _scale) + Vector256.Create(reach), (upper * _scale) + Vector256.Create(reach)).CopyTo(limits[at..]);
                WholeSquares(lower * _perStep, upper * _perStep).CopyTo(squares[at..]);
            }
        }
    }

    // Min would look for NaN and signs of zeros.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> WholeSquares(Vector512<T> roots)
    {
        var most = Vector512.Create(T.CreateTruncating(ByteKernel.LargestSquare));
        var squares = roots * roots;
        return Vector512.ConvertToInt32(Vector512.ConditionalSelect(Vector512.LessThan(squares, most), squares, most).AsSingle());
    }

    // Of single values the first are all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> WholeSquares(Vector256<T> lower, Vector256<T> upper)
    {
        var most = Vector256.Create(T.CreateTruncating(ByteKernel.LargestSquare));
        lower *= lower;
        lower = Vector256.ConditionalSelect(Vector256.LessThan(lower, most), lower, most);
        if (typeof(T) == typeof(float))
        {
            return Vector256.ConvertToInt32(lower.AsSingle());
        }

        upper *= upper;
        upper = Vector256.ConditionalSelect(Vector256.LessThan(upper, most), upper, most);
        return Vector256.ConvertToInt32(Vector256.Narrow(lower.AsDouble(), upper.AsDouble()));
    }

    // Gives back the largest squared error of a point of the block, in steps. A few operations for each value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T Quantize(PointSet<T> points, int start, int length, CancellationToken cancellationToken)
    {
        T largest = T.Zero;
        var least = MemoryMarshal.Cast<T, Vector<T>>(_least.AsSpan());
        var places = new T[(_dimension + 3) / 4 * 4];
        var widePlaces = MemoryMarshal.Cast<T, Vector<T>>(places.AsSpan());
        for (int i = start; i < start + length; i++)
        {
            if (i % _width == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var values = points[i];
            var wideValues = MemoryMarshal.Cast<T, Vector<T>>(values);
            var errors = Vector<T>.Zero;
            for (int v = 0; v < wideValues.Length; v++)
            {
                var steps = (wideValues[v] - least[v]) * _perStep;
                var place = steps + new Vector<T>(Rounder);
                var error = steps - (place - new Vector<T>(Rounder));
                widePlaces[v] = place;
                errors += error * error;
            }

            T square = Vector.Sum(errors);
            for (int j = wideValues.Length * Vector<T>.Count; j < values.Length; j++)
            {
                T steps = (values[j] - _least[j]) * _perStep;
                places[j] = steps + Rounder;
                T error = steps - (places[j] - Rounder);
                square += error * error;
            }

            largest = T.Max(largest, square);
            StoreBytes(places, OfTile(i / _width)[(i % _width * 4)..]);
        }

        return largest;
    }

    // The lowest bytes of a point's values, four of which lie together.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreBytes(ReadOnlySpan<T> places, Span<byte> bytes)
    {
        for (int j = 0, at = 0; j < places.Length; j += 4, at += 4 * _width)
        {
            int four = LowestByte(places[j]) | (LowestByte(places[j + 1]) << 8) | (LowestByte(places[j + 2]) << 16) | (LowestByte(places[j + 3]) << 24);
            Unsafe.WriteUnaligned(ref bytes[at], four);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte LowestByte(T value) => typeof(T) == typeof(float)
        ? (byte)Unsafe.BitCast<T, uint>(value)
        : (byte)Unsafe.BitCast<T, ulong>(value);

    // The least and the largest value of each column. Two comparisons for each value.
    private static (T[] Least, T[] Largest) Enclose(PointSet<T> points, int start, int length)
    {
        int d = points.Dimension;
        T[] least = points[start].ToArray(), largest = points[start].ToArray();
        var values = points.Values.Slice(start * d, length * d);
        for (; values.Length > 0; values = values[d..])
        {
            Extend(least, largest, values[..d], values[..d]);
        }

        return (least, largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend(T[] least, T[] largest, ReadOnlySpan<T> low, ReadOnlySpan<T> high)
    {
        var wideLeast = MemoryMarshal.Cast<T, Vector<T>>(least.AsSpan());
        var wideLargest = MemoryMarshal.Cast<T, Vector<T>>(largest.AsSpan());
        var wideLow = MemoryMarshal.Cast<T, Vector<T>>(low);
        var wideHigh = MemoryMarshal.Cast<T, Vector<T>>(high);
        for (int v = 0; v < wideLeast.Length; v++)
        {
            wideLeast[v] = Vector.ConditionalSelect(Vector.LessThan(wideLow[v], wideLeast[v]), wideLow[v], wideLeast[v]);
            wideLargest[v] = Vector.ConditionalSelect(Vector.GreaterThan(wideHigh[v], wideLargest[v]), wideHigh[v], wideLargest[v]);
        }

        for (int j = wideLeast.Length * Vector<T>.Count; j < least.Length; j++)
        {
            least[j] = low[j] < least[j] ? low[j] : least[j];
            largest[j] = high[j] > largest[j] ? high[j] : largest[j];
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
