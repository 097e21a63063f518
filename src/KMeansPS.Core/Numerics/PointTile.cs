using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KMeansPS.Numerics;

/// <summary>
/// A few points, turned so that the values of one dimension lie side by side: what a kernel works on. The width is the
/// same on every machine; a kernel of fewer lanes goes over the tile in several steps.
/// </summary>
internal static class PointTile
{
    // The rows of a tile that are written together stay in the first-level cache.
    private const int RowsAtOnce = 16;

    // Up to here a tile's points lie in a few lines of the cache, and are taken dimension by dimension.
    private const int FewDimensions = 4;

    /// <summary>Points in a tile: two vectors of 512 bits.</summary>
    internal static int Width<T>() => 128 / Unsafe.SizeOf<T>();

    /// <summary>Copies the points at consecutive places of an order, null for their own, into a tile.</summary>
    internal static void Load<T>(ReadOnlySpan<T> values, int[]? order, int first, int count, int dimension, Span<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (order is null)
        {
            Transpose(values.Slice(first * dimension, count * dimension), dimension, tile);
        }
        else
        {
            Gather(values, order.AsSpan(first, count), dimension, tile);
        }
    }

    /// <summary>
    /// Copies consecutive points into a tile of d x width values. Lanes beyond the last point repeat it, so that they
    /// stay finite. One load and one store for each value.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Transpose<T>(ReadOnlySpan<T> points, int dimension, Span<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Width<T>();
        int count = points.Length / dimension;
        Debug.Assert(count > 0 && count <= width && tile.Length == dimension * width, "A tile takes one to width points.");
        if (count == width && CanPutFour<T>(rows: 4) && dimension is 2 or 3)
        {
            TransposeByFours(points, dimension, tile, width);
            return;
        }

        if (dimension <= FewDimensions)
        {
            for (int j = 0; j < dimension; j++)
            {
                var row = tile.Slice(j * width, count);
                for (int p = 0, at = j; p < row.Length; p++, at += dimension)
                {
                    row[p] = points[at];
                }
            }

            Pad(tile, count, width);
            return;
        }

        for (int from = 0; from < dimension; from += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, dimension - from);
            var turned = tile[(from * width)..];
            int p = 0;
            for (; p + 4 <= count && CanPutFour<T>(rows); p += 4)
            {
                int at = (p * dimension) + from;
                PutFour(points.Slice(at, rows), points.Slice(at + dimension, rows), points.Slice(at + (2 * dimension), rows), points.Slice(at + (3 * dimension), rows), turned, p, width);
            }

            for (; p < count; p++)
            {
                Put(points.Slice((p * dimension) + from, rows), turned, p, width);
            }
        }

        Pad(tile, count, width);
    }

    /// <summary>Copies points from anywhere in the set into a tile, as <see cref="Transpose{T}"/> does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Gather<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> indices, int dimension, Span<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int width = Width<T>();
        Debug.Assert(indices.Length > 0 && indices.Length <= width && tile.Length == dimension * width, "A tile takes one to width points.");
        if (dimension <= FewDimensions)
        {
            for (int p = 0; p < indices.Length; p++)
            {
                ref T point = ref MemoryMarshal.GetReference(values.Slice(indices[p] * dimension, dimension));
                for (int j = 0, at = p; j < dimension; j++, at += width)
                {
                    tile[at] = Unsafe.Add(ref point, j);
                }
            }

            Pad(tile, indices.Length, width);
            return;
        }

        for (int from = 0; from < dimension; from += RowsAtOnce)
        {
            int rows = Math.Min(RowsAtOnce, dimension - from);
            var turned = tile[(from * width)..];
            int p = 0;
            for (; p + 4 <= indices.Length && CanPutFour<T>(rows); p += 4)
            {
                PutFour(
                    values.Slice((indices[p] * dimension) + from, rows), values.Slice((indices[p + 1] * dimension) + from, rows),
                    values.Slice((indices[p + 2] * dimension) + from, rows), values.Slice((indices[p + 3] * dimension) + from, rows), turned, p, width);
            }

            for (; p < indices.Length; p++)
            {
                Put(values.Slice((indices[p] * dimension) + from, rows), turned, p, width);
            }
        }

        Pad(tile, indices.Length, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(ReadOnlySpan<T> values, Span<T> rows, int lane, int width)
    {
        Debug.Assert(rows.Length >= values.Length * width && lane < width, "There is a row for each value.");
        ref T at = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), lane);
        for (int j = 0; j < values.Length; j++)
        {
            at = values[j];
            at = ref Unsafe.Add(ref at, width);
        }
    }

    private static bool CanPutFour<T>(int rows) => typeof(T) == typeof(float) && Sse.IsSupported && rows % 4 == 0;

    // Four points at a time, in squares of four values, which are turned in registers: half an operation for each value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutFour<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, ReadOnlySpan<T> d, Span<T> rows, int lane, int width)
    {
        ref float to = ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(rows[lane..]));
        Debug.Assert(rows.Length >= a.Length * width && b.Length == a.Length && c.Length == a.Length && d.Length == a.Length, "The rows take the points.");
        for (int j = 0; j < a.Length; j += 4)
        {
            var first = FourOf(a, j);
            var second = FourOf(b, j);
            var third = FourOf(c, j);
            var fourth = FourOf(d, j);
            var (row0, row1, row2, row3) = Turn(first, second, third, fourth);
            nuint at = (nuint)(j * width);
            row0.StoreUnsafe(ref to, at);
            row1.StoreUnsafe(ref to, at + (nuint)width);
            row2.StoreUnsafe(ref to, at + (nuint)(2 * width));
            row3.StoreUnsafe(ref to, at + (nuint)(3 * width));
        }
    }

    // Pairs or triples, four points at a time: as many vectors as there are dimensions, whose values are sorted by a few
    // shuffles. In the comments the dimensions are x, y and z.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeByFours<T>(ReadOnlySpan<T> points, int dimension, Span<T> tile, int width)
    {
        ref float from = ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(points));
        ref float to = ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(tile));
        for (int p = 0; p < width; p += 4)
        {
            var first = Vector128.LoadUnsafe(ref from, (nuint)(p * dimension));
            var second = Vector128.LoadUnsafe(ref from, (nuint)((p * dimension) + 4));
            if (dimension == 2)
            {
                Sse.Shuffle(first, second, 0b10_00_10_00).StoreUnsafe(ref to, (nuint)p);
                Sse.Shuffle(first, second, 0b11_01_11_01).StoreUnsafe(ref to, (nuint)(width + p));
                continue;
            }

            var third = Vector128.LoadUnsafe(ref from, (nuint)((p * dimension) + 8)); // xyzx yzxy zxyz
            var x = Sse.Shuffle(second, third, 0b01_01_10_10);
            var y = Sse.Shuffle(first, second, 0b00_00_01_01);
            var z = Sse.Shuffle(first, second, 0b01_01_10_10);
            Sse.Shuffle(first, x, 0b10_00_11_00).StoreUnsafe(ref to, (nuint)p);
            Sse.Shuffle(y, Sse.Shuffle(second, third, 0b10_10_11_11), 0b10_00_10_00).StoreUnsafe(ref to, (nuint)(width + p));
            Sse.Shuffle(z, third, 0b11_00_10_00).StoreUnsafe(ref to, (nuint)((2 * width) + p));
        }
    }

    // Makes four rows of four values into its columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> First, Vector128<float> Second, Vector128<float> Third, Vector128<float> Fourth) Turn(
        Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth)
    {
        Debug.Assert(Sse.IsSupported, "Whoever calls has asked.");
        var low = Sse.UnpackLow(first, second);
        var high = Sse.UnpackHigh(first, second);
        var lowOfOthers = Sse.UnpackLow(third, fourth);
        var highOfOthers = Sse.UnpackHigh(third, fourth);
        return (Sse.MoveLowToHigh(low, lowOfOthers), Sse.MoveHighToLow(lowOfOthers, low), Sse.MoveLowToHigh(high, highOfOthers), Sse.MoveHighToLow(highOfOthers, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FourOf<T>(ReadOnlySpan<T> values, int from) =>
        Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(values)), (nuint)from);

    private static void Pad<T>(Span<T> tile, int count, int width)
    {
        for (int row = 0; count < width && row < tile.Length; row += width)
        {
            tile[(row + count)..(row + width)].Fill(tile[row + count - 1]);
        }
    }
}
