using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KMeansPS.Imaging.Quantization;

/// <summary>
/// The opaque colours that occur, numbered in the order of their <see cref="ColorKey"/>: for each cell of 4 x 4 x 4
/// neighbours a bit for each place that occurs and the number of the first; bits are counted for the others.
/// </summary>
internal sealed class OpaqueColorTable
{
    /// <summary>How many pixels are looked up at once at most.</summary>
    internal const int MostAtOnce = 256;

    private const int CellsAtOnce = 1 << 10;

    // For each possible cell, where its places start. The first places belong to none.
    private readonly int[] _startOfCell;

    // The cells that occur, in the order of their numbers; the other two are in the order of their places.
    private readonly int[] _cells;
    private readonly ulong[] _occurring;
    private readonly int[] _firstNumbers;

    /// <summary>Numbers the colours that were counted.</summary>
    internal OpaqueColorTable(OpaqueColorCounts counted)
    {
        _startOfCell = counted.StartOfCell;
        _cells = new int[counted.CellCount];
        _occurring = new ulong[_cells.Length + 1];
        _firstNumbers = new int[_cells.Length + 1];
        for (int cell = 0, i = 0; i < _cells.Length; cell++)
        {
            int start = _startOfCell[cell];
            if (start != 0)
            {
                ulong occurring = Occurring(counted.Counts(start));
                _cells[i++] = cell;
                _occurring[start / ColorKey.CellSize] = occurring;
                _firstNumbers[start / ColorKey.CellSize] = Count;
                Count += BitOperations.PopCount(occurring);
            }
        }
    }

    /// <summary>How many colours occur.</summary>
    internal int Count { get; }

    /// <summary>The numbers of the cells that occur, in their order.</summary>
    internal ReadOnlySpan<int> Cells => _cells;

    /// <summary>Which places of each cell occur, in any order of the cells.</summary>
    internal ReadOnlySpan<ulong> Occurrences => _occurring;

    /// <summary>Lists the colours in the order of their numbers, and how often each was counted.</summary>
    internal void List(OpaqueColorCounts counted, Rgba[] colors, int[] counts, ParallelOptions parallel)
    {
        ForEachPart(parallel, cells =>
        {
            foreach (int number in cells)
            {
                var cell = Cell(number);
                var countsOfCell = counted.Counts(_startOfCell[number]);
                int color = cell.FirstColor;
                for (ulong left = cell.Occurring; left != 0; left &= left - 1)
                {
                    int place = BitOperations.TrailingZeroCount(left);
                    colors[color] = ColorKey.ToColor(((uint)number << ColorKey.PlaceBits) | (uint)place);
                    counts[color++] = countsOfCell[place];
                }
            }
        });
        foreach (uint key in counted.Full)
        {
            counts[NumberOfKey(key)] += OpaqueColorCounts.Most;
        }
    }

    /// <summary>The number of a colour that occurs.</summary>
    internal int NumberOf(uint color) => NumberOfKey(ColorKey.Of(color));

    /// <summary>A cell that occurs.</summary>
    internal ColorCell Cell(int number)
    {
        int at = _startOfCell[number] / ColorKey.CellSize;
        return new ColorCell(number, _occurring[at], _firstNumbers[at]);
    }

    /// <summary>Goes over the numbers of the cells that occur, in parts that do not depend on the threads.</summary>
    internal void ForEachPart(ParallelOptions parallel, Action<ArraySegment<int>> body) =>
        Parallel.For(0, (_cells.Length + CellsAtOnce - 1) / CellsAtOnce, parallel, part =>
            body(new ArraySegment<int>(_cells, part * CellsAtOnce, Math.Min(CellsAtOnce, _cells.Length - (part * CellsAtOnce)))));

    /// <summary>The number of the entry that is nearest to each colour.</summary>
    internal byte[] Nearest(NearestInCells entries, ParallelOptions parallel)
    {
        var entryOfColor = GC.AllocateUninitializedArray<byte>(Count);
        ForEachPart(parallel, cells =>
        {
            Span<byte> nearest = stackalloc byte[ColorKey.CellSize];
            foreach (int number in cells)
            {
                var cell = Cell(number);
                entries.Find(cell, nearest);
                int color = cell.FirstColor;
                for (ulong left = cell.Occurring; left != 0; left &= left - 1)
                {
                    entryOfColor[color++] = nearest[BitOperations.TrailingZeroCount(left)];
                }
            }
        });
        return entryOfColor;
    }

    /// <summary>The value of each colour at the place of its number; any value at the places of colours that do not occur.</summary>
    internal byte[] AtPlaces(byte[] valueOfColor, ParallelOptions parallel)
    {
        var values = GC.AllocateUninitializedArray<byte>(_occurring.Length * ColorKey.CellSize);
        ForEachPart(parallel, cells =>
        {
            foreach (int number in cells)
            {
                var cell = Cell(number);
                var places = values.AsSpan(_startOfCell[number], ColorKey.CellSize);
                int color = cell.FirstColor;
                for (ulong left = cell.Occurring; left != 0; left &= left - 1)
                {
                    places[BitOperations.TrailingZeroCount(left)] = valueOfColor[color++];
                }
            }
        });
        return values;
    }

    /// <summary>Looks up a few pixels whose colours all occur: two look-ups for each.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Map(ReadOnlySpan<uint> colors, byte[] valueAtPlace, Span<byte> values)
    {
        Span<uint> keys = stackalloc uint[MostAtOnce];
        keys = keys[..colors.Length];
        ColorKey.Of(colors, keys);
        var starts = _startOfCell;
        values = values[..keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            values[i] = valueAtPlace[starts[keys[i] >> ColorKey.PlaceBits] + (int)(keys[i] & ColorKey.PlaceMask)];
        }
    }

    private int NumberOfKey(uint key)
    {
        int at = _startOfCell[key >> ColorKey.PlaceBits] / ColorKey.CellSize;
        return _firstNumbers[at] + BitOperations.PopCount(_occurring[at] & ((1UL << (int)(key & ColorKey.PlaceMask)) - 1));
    }

    // A bit for each count that is not 0.
    private static ulong Occurring(ReadOnlySpan<byte> counts)
    {
        ulong absent = 0;
        for (int i = 0; i < ColorKey.CellSize; i += Vector256<byte>.Count)
        {
            absent |= (ulong)Vector256.Equals(Vector256.Create(counts[i..]), Vector256<byte>.Zero).ExtractMostSignificantBits() << i;
        }

        return ~absent;
    }
}
